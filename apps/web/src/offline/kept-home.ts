import type { Page } from '../api/paging.ts';
import type { Status } from '../api/types.ts';
import { setHomeAge } from './home-age.ts';
import { CACHES, KEPT_HOME } from './kept-names.ts';
import { keptRange } from './kept-range.ts';

export interface KeptHome {
  readonly keptMs: number;
  readonly statuses: readonly Status[];
  /** The cursor of what is older. */
  readonly next: string | null;
}

export async function writeHome(home: KeptHome): Promise<void> {
  const cache = await caches.open(CACHES.own);
  await cache.put(KEPT_HOME, new Response(JSON.stringify(home), { headers: { 'content-type': 'application/json' } }));
}

/** A page of the home as it was kept, and the note of its age; undefined where nothing of it is kept. */
export async function readHome(range: Parameters<typeof keptRange>[1]): Promise<Page<Status> | undefined> {
  if (!('caches' in window)) return undefined;
  const kept = await caches.match(KEPT_HOME, { cacheName: CACHES.own });
  if (kept === undefined) return undefined;
  const { keptMs, statuses, next } = (await kept.json()) as KeptHome;
  const items = keptRange(statuses, range);
  if (items === undefined) return undefined;
  setHomeAge(keptMs);
  return { items, next };
}
