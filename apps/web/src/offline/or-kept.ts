import { ApiFailure } from '../api/failure.ts';
import type { Page } from '../api/paging.ts';
import type { Status } from '../api/types.ts';
import { setHomeAge } from './home-age.ts';
import type { keptRange } from './kept-range.ts';

/** A gateway before the server says so in place of the network when the server is not there. */
const AWAY = new Set([0, 502, 503, 504]);

/** A page of the home from the server; where it cannot be reached, as it was kept last. */
export async function orKept(
  range: Parameters<typeof keptRange>[1],
  ask: () => Promise<Page<Status>>,
): Promise<Page<Status>> {
  try {
    const page = await ask();
    setHomeAge(null);
    return page;
  } catch (error) {
    if (!(error instanceof ApiFailure && AWAY.has(error.status))) throw error;
    const kept = await import('./kept-home.ts').then(({ readHome }) => readHome(range)).catch(() => undefined);
    if (kept === undefined) throw error;
    return kept;
  }
}
