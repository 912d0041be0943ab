import type { CacheSnapshot } from 'virtua';

/** Where somebody was in a list: for coming back to it, and for loading the page anew. */
export interface Place {
  /** Sizes of what was drawn; of use while the list is still what it was. */
  readonly cache?: CacheSnapshot;
  readonly offset: number;
  /** The post at the top of the window, and the one before it: from there the list is read anew. */
  readonly anchor: string | null;
  readonly before: string | null;
}

const KEY = 'plaza-place';
const places = new Map<string, Place>();

/** Names the entry of the browser's history that is shown now: two visits of one address are two places. */
export function entryKey(): string {
  const state = (history.state ?? {}) as { readonly entry?: string };
  if (state.entry !== undefined) return state.entry;
  const entry = crypto.randomUUID();
  history.replaceState({ ...state, entry }, '');
  return entry;
}

export function placeOf(entry: string, list: string): Place | undefined {
  return places.get(`${entry} ${list}`);
}

export function keepPlace(entry: string, list: string, place: Place): void {
  places.set(`${entry} ${list}`, place);
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

/** Keeps a place through a reload. Sizes are left out: fonts and pictures may differ then. */
export function keepThroughReload(entry: string, list: string, { offset, anchor, before }: Place): void {
  sessionStorage.setItem(KEY, JSON.stringify({ name: `${entry} ${list}`, offset, anchor, before }));
}
