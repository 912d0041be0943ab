import { eraseKept } from './erase.ts';
import { endingOwnSession } from './owner.ts';

/** Ends the session of this page by `end`: nothing is left in the browser then, and the sign-in page says what happened. */
export async function leaveHere(notice: 'deactivated' | 'deleted', end: () => Promise<unknown>): Promise<void> {
  await endingOwnSession(end);
  await eraseKept();
  location.replace(`/sign-in?notice=${notice}`);
}
