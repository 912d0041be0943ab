import { eraseKept } from './erase.ts';

/** After the session of this page has ended: nothing is left in the browser, and the sign-in page says what happened. */
export async function leaveHere(notice: 'signed-out' | 'deactivated' | 'deleted'): Promise<void> {
  await eraseKept();
  location.replace(`/sign-in?notice=${notice}`);
}
