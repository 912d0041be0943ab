import { boot } from '../app/boot.ts';
import { CACHES } from './kept-names.ts';

/** Names the account whose things this browser keeps. It goes with all else when the server clears what the browser keeps at sign-out. */
const KEY = 'plaza-owner';
const account = boot.account?.id ?? null;
let leaving = false;

/** Before anything is read from what is kept: it is erased when nobody is signed in, or somebody else. */
export async function settleOwner(): Promise<void> {
  if (!isStillOwner() || (account === null && (await somethingIsKept()))) {
    const { eraseKept } = await import('./erase.ts');
    await eraseKept();
  }
  if (account !== null) localStorage.setItem(KEY, account);
  leaveWithOwner();
}

/**
 * Whether what is kept belongs to the account of this page. Whoever keeps something asks afterwards: another tab that erases everything forgets the owner first, so
 * what was written too late is seen here, and what was written in time is erased there.
 */
export function isStillOwner(): boolean {
  return localStorage.getItem(KEY) === account;
}

/** A tab that was open before may have kept something after all had been erased. */
async function somethingIsKept(): Promise<boolean> {
  if (!('caches' in window)) return false;
  return (await Promise.all([caches.has(CACHES.own), caches.has(CACHES.pictures)])).includes(true);
}

/** Runs what ends the session of this page itself: its own page goes elsewhere then, though the browser has lost what it kept already. */
export async function endingOwnSession(end: () => Promise<unknown>): Promise<void> {
  leaving = true;
  try {
    await end();
  } catch (error) {
    leaving = false;
    throw error;
  }
}

/** A page that was open before, or comes back by the back button, does not go on to show one person's things to another. */
function leaveWithOwner(): void {
  const look = () => {
    if (!leaving && !isStillOwner()) location.reload();
  };
  addEventListener('storage', look);
  addEventListener('pageshow', look);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
}
