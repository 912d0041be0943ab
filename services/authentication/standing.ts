import { serviceContext } from '#platform/calls/context.ts';
import type { Parts } from './parts.ts';
import { SERVICE } from './store/session-events.ts';

/**
 * Whether the account of a session is one that somebody may be signed in as. The user service knows, from its primary: a person who has left, for a while or for
 * good, left there, and their sessions end with that very transaction. The event that comes after it only removes the rows. An app's own session,
 * which has no account, always stands. Fails with the user service rather than guess.
 */
export async function accountStands(
  accountId: string | null,
  { user, clock }: Pick<Parts, 'user' | 'clock'>,
): Promise<boolean> {
  if (accountId === null) return true;
  const input = { viewerId: accountId, authorIds: [] };
  const { viewerState } = await user.visibilityFacts(input, serviceContext(SERVICE, clock));
  return viewerState === 'active' || viewerState === 'pending';
}
