import { queryClient } from '../api/query-client.ts';
import { knownStatus } from '../api/statuses.ts';
import { homeTimeline, knownTimeline } from '../api/timelines.ts';
import type { Status } from '../api/types.ts';
import { eraseKept } from './erase.ts';
import { homeAge } from './home-age.ts';
import { writeHome } from './kept-home.ts';
import type { ToWorker } from './kept-names.ts';
import { isStillOwner } from './owner.ts';

const MOST = 60;
/** Of a burst of changes (a page of posts is filed one by one) only the last counts. */
const AFTER_MS = 2_000;

/** Keeps the top of the home as it is known, and its pictures, whenever something of it changes. */
export function keepHome(tell: (message: ToWorker) => void): void {
  let waiting = false;
  const keep = async () => {
    waiting = false;
    const home = knownTimeline(homeTimeline);
    if (home === undefined || !home.startsAtTop || homeAge() !== null) return;
    const statuses = home.ids
      .slice(0, MOST)
      .map(knownStatus)
      .filter((status) => status !== undefined);
    if (statuses.length === 0) return;
    const cut = home.ids.length > MOST;
    await writeHome({ keptMs: home.updatedMs, statuses, next: cut ? statuses.at(-1)!.id : home.next });
    if (!isStillOwner()) return void (await eraseKept());
    tell({ kind: 'keep-pictures', addresses: picturesOf(statuses) });
  };
  const later = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => void keep().catch(() => {}), AFTER_MS);
  };
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    const [kind, name] = query.queryKey;
    if (type === 'updated' && ((kind === 'timeline' && name === 'home') || kind === 'status')) later();
  });
  later();
}

/** Avatars and previews that the posts show without being asked to. */
function picturesOf(statuses: readonly Status[]): string[] {
  const addresses = new Set<string>();
  for (const status of statuses) {
    const shown = status.reblog ?? status;
    addresses.add(shown.account.avatar);
    if (shown.sensitive) continue;
    for (const { type, preview_url } of shown.media_attachments) {
      if (type === 'image' && preview_url !== null) addresses.add(preview_url);
    }
  }
  return [...addresses];
}
