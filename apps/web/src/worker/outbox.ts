import { CLIENT_HEADER } from '../api/client-header.ts';
import { sendWaiting } from '../composer/outbox.ts';
import { outboxEntries } from '../composer/outbox-store.ts';

/** Sends what waits when the network is back and no page may be open. Fails when it has to be tried again, which the browser does. */
export async function sendOutbox(): Promise<void> {
  const entries = await outboxEntries();
  if (entries.length === 0) return;
  const account = await signedIn();
  // Whoever is signed in may be somebody else, until a page of the client has seen that and erased what waits.
  if (entries.every((entry) => entry.account === account)) await sendWaiting();
}

/** The id of who is signed in; undefined where nobody is. */
async function signedIn(): Promise<string | undefined> {
  const answer = await fetch('/api/v1/accounts/verify_credentials', { headers: { [CLIENT_HEADER]: 'web' } });
  return answer.ok ? ((await answer.json()) as { readonly id: string }).id : undefined;
}
