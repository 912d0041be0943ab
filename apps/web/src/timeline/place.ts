import type { CacheSnapshot } from 'virtua';

/** Where somebody was in a list when its page was loaded anew. Sizes are left out: fonts and pictures may differ then. */
export interface Place {
  /** The post at the top of the window, and the one before it: from there the list is read anew. */
  readonly anchor: string | null;
  readonly before: string | null;
  /** How much of the anchor is above the window, in pixels. */
  readonly into: number;
}

const KEY = 'plaza-place';
const sizes = new Map<string, CacheSnapshot>();

/** Names the entry of the browser's history that is shown now: two visits of one address are two places. */
export function entryKey(): string {
  const state = (history.state ?? {}) as { readonly entry?: string };
  if (state.entry !== undefined) return state.entry;
  const entry = crypto.randomUUID();
  history.replaceState({ ...state, entry }, '');
  return entry;
}

/** Sizes of what was drawn of a list, for coming back to it: of use while the list is still what it was. */
export function sizesOf(entry: string, list: string): CacheSnapshot | undefined {
  return sizes.get(`${entry} ${list}`);
}

export function keepSizes(entry: string, list: string, cache: CacheSnapshot): void {
  sizes.set(`${entry} ${list}`, cache);
}

/** The place that was kept before the page was loaded anew. */
export function placeBeforeReload(entry: string, list: string): Place | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as (Place & { readonly name: string }) | null;
    return kept?.name === `${entry} ${list}` ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepThroughReload(entry: string, list: string, place: Place): void {
  sessionStorage.setItem(KEY, JSON.stringify({ name: `${entry} ${list}`, ...place }));
}
