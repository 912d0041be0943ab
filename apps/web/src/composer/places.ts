import { newIdempotencyKey } from './idempotency-key.ts';

/*
 * Two tabs never write into one draft. The composer holds the place of its draft by a lock, which ends with the composer or with the tab, however it ends. What a
 * closed tab has left is held by nobody, and taken up by the next that writes a new post. Each tab remembers its own place, so that it finds its own draft after
 * a reload. Without TLS there are no locks: there each tab begins at a place of its own, and what others have left stands among the drafts.
 */

/** The place of new posts; of further ones at the same time, this with a key behind. */
const NEW = 'new';
/** In the storage of the tab. */
const OWN = 'plaza-writing';
/** So long the page before a reload may take to let its place go. */
const LET_GO_MS = 500;

interface Holding {
  holders: number;
  readonly held: Promise<boolean>;
  readonly release: () => void;
}

const holdings = new Map<string, Holding>();

/** Holds a place, or one beside it where another tab writes there. */
export async function holdPlace(wanted: string): Promise<string> {
  const place = (await hold(wanted, LET_GO_MS)) ? wanted : await holdAnother(wanted);
  if (isOfNew(place)) sessionStorage.setItem(OWN, place);
  return place;
}

/** Holds a place for a new post: that of this tab, else one that a closed tab has left, else an empty one. `kept`: places where something is kept, the newest first. */
export async function holdPlaceOfNew(kept: readonly string[]): Promise<string> {
  const own = sessionStorage.getItem(OWN);
  if (own !== null) return holdPlace(own);
  const place = (await firstFree([...kept.filter(isOfNew), NEW])) ?? (await holdAnother(NEW));
  sessionStorage.setItem(OWN, place);
  return place;
}

/** Whether nobody else writes there; it is held from then on. */
export function tryPlace(place: string): Promise<boolean> {
  return hold(place, LET_GO_MS);
}

/** Ends one `hold…` or successful try. */
export function leavePlace(place: string): void {
  const holding = holdings.get(place);
  if (holding === undefined) return;
  holding.holders -= 1;
  if (holding.holders > 0) return;
  holdings.delete(place);
  holding.release();
}

function isOfNew(place: string): boolean {
  return place === NEW || place.startsWith(`${NEW}:`);
}

async function firstFree(places: readonly string[]): Promise<string | undefined> {
  if (navigator.locks === undefined) return undefined;
  for (const place of places) if (await hold(place, 0)) return place;
  return undefined;
}

async function holdAnother(wanted: string): Promise<string> {
  const place = `${wanted}:${newIdempotencyKey()}`;
  await hold(place, 0);
  return place;
}

function hold(place: string, waitMs: number): Promise<boolean> {
  const known = holdings.get(place);
  if (known !== undefined) {
    known.holders += 1;
    return known.held;
  }
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held = lock(place, waitMs, until);
  holdings.set(place, { holders: 1, held, release });
  return held.then((isHeld) => {
    if (!isHeld) holdings.delete(place);
    return isHeld;
  });
}

function lock(place: string, waitMs: number, until: Promise<void>): Promise<boolean> {
  if (navigator.locks === undefined) return Promise.resolve(true);
  const options = waitMs === 0 ? { ifAvailable: true } : { signal: AbortSignal.timeout(waitMs) };
  return new Promise((resolve) => {
    const request = navigator.locks.request(`plaza-draft ${place}`, options, (granted) => {
      resolve(granted !== null);
      return granted === null ? undefined : until;
    });
    request.catch(() => resolve(false));
  });
}
