import { boot } from '../app/boot.ts';
import { workerAddress } from '../app/trusted.ts';
import { keepHome } from './keep-home.ts';
import type { ToWorker } from './kept-names.ts';
import { offerUpdates } from './updates.ts';

/** Begins to keep what the client needs without a network. Where the browser has no workers (a page that is not secure) it does without. */
export async function startOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register(workerAddress(), { scope: '/', updateViaCache: 'none' });
  offerUpdates(registration);
  if (boot.account === null) return;
  const { active } = await navigator.serviceWorker.ready;
  const tell = (message: ToWorker) => (navigator.serviceWorker.controller ?? active)?.postMessage(message);
  tell({ kind: 'keep-page' });
  keepHome(tell);
}
