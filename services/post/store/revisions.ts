import type { Clock } from '#platform/clock/clock.ts';

/**
 * Numbers for the changes of deeds: microseconds since the epoch (they pass 2^53 in the year 2255), each larger than all that this process gave before and
 * than the one it follows, even for a thing that is begun and odd or even by what it does.
 *
 * The invariant of deeds (likes, bookmarks, muted threads), kept without a read-modify-write that would need a lock: the deed with the largest
 * revision stands. A change that begins after another was acknowledged reads that one's revision and takes a larger one, so it wins in every
 * table and every consumer, however late or often a write lands. Of changes that overlap, either may win; since a beginning is odd and an ending
 * is even, two different ones never have the same number, and all tables agree. Against a write whose fate is unknown (a timeout) the
 * clocks decide, within the skew between processes.
 */
export class Revisions {
  readonly #clock: Clock;
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(active: boolean, previous: number | undefined): number {
    let revision = Math.max(this.#clock.now() * 1_000, this.#last + 1, (previous ?? 0) + 1);
    if (revision % 2 !== (active ? 1 : 0)) revision++;
    this.#last = revision;
    return revision;
  }
}

/** When a revision was made, in milliseconds since the epoch. */
export function revisionTimeMs(revision: number): number {
  return Math.floor(revision / 1_000);
}
