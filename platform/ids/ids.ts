import type { Clock } from '#platform/clock/clock.ts';

/**
 * Ids are 64-bit Snowflakes: 41 bits of milliseconds since {@link ID_EPOCH_MS}, 10 bits of worker, 12 bits of sequence.
 * With this epoch every id from August 2022 to 2084 has exactly {@link ID_DIGITS} decimal digits, so that ids of our own making
 * sort the same as text, as bigint and in time.
 */
export const ID_EPOCH_MS = Date.UTC(2015, 0, 1);
export const ID_DIGITS = 19;
export const MAX_WORKER = 1023;
const MAX_SEQUENCE = 0xfff;
export const MAX_ID = '9223372036854775807';

export interface IdGenerator {
  /** A new id, larger than every id that this generator gave before and larger than `after`, if given. */
  next(after?: string): string;
}

/** Raised instead of giving an id that may have been given before. */
export class IdClockError extends Error {}

/** How far an id may run ahead of the clock: a parent made on a worker whose clock is fast, a burst, a small step back. */
const MAX_AHEAD_MS = 10_000;

/** Makes ids for one leased worker number. The lease is the caller's business (see `lease.ts`). */
export function snowflakeIds(clock: Clock, worker: number, mayIssue: () => boolean = () => true): IdGenerator {
  if (!Number.isInteger(worker) || worker < 0 || worker > MAX_WORKER) throw new RangeError(`worker ${worker}`);
  const workerBits = BigInt(worker) << 12n;
  let lastMs = 0;
  let sequence = 0;
  return {
    next(after) {
      if (!mayIssue()) throw new IdClockError('The worker number is no longer leased to this process.');
      const floorMs = after === undefined ? 0 : idTimeMs(after) + 1;
      const nowMs = clock.now();
      const wantedMs = Math.max(nowMs, floorMs);
      const isNewMs = wantedMs > lastMs;
      const isFull = !isNewMs && sequence >= MAX_SEQUENCE;
      const ms = isNewMs ? wantedMs : isFull ? lastMs + 1 : lastMs;
      // Refused before anything is taken over: one call that asks for too much must not spoil those that follow.
      if (ms - nowMs > MAX_AHEAD_MS) throw new IdClockError('The clock stands too far behind the last id.');
      sequence = isNewMs || isFull ? 0 : sequence + 1;
      lastMs = ms;
      return ((BigInt(lastMs - ID_EPOCH_MS) << 22n) | workerBits | BigInt(sequence)).toString();
    },
  };
}

/** When an id was made, in milliseconds since the Unix epoch. */
export function idTimeMs(id: string): number {
  // Each post of a page is asked for its time: this makes no bigint and no text, and takes half as long. A nineteen-digit id is high · 10⁹ + low, and 10⁹ is
  // 1,953,125 · 2⁹; every product and sum below stays under 2⁵³, so nothing is rounded.
  const high = id.length === ID_DIGITS ? digits(id, 0, 10) : Number.NaN;
  const low = digits(id, 10, ID_DIGITS);
  if (!(high < MAX_EXACT_HIGH && low >= 0)) return Number(BigInt(id) >> 22n) + ID_EPOCH_MS;
  const upper = high * 1_953_125;
  const rest = upper % 8_192;
  return (upper - rest) / 8_192 + Math.floor((rest * 512 + low) / 4_194_304) + ID_EPOCH_MS;
}

/** The number that stands in a part of a text; NaN where something else does. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Below it, `high * 1_953_125` is less than 2⁵³. */
const MAX_EXACT_HIGH = 4_600_000_000;

/** The smallest id that could be made at `timeMs`: a cursor for "since then". */
export function idAt(timeMs: number): string {
  return (BigInt(Math.max(0, Math.floor(timeMs) - ID_EPOCH_MS)) << 22n).toString();
}

/** Whether a client's text is an id at all: 1 to 2^63 − 1, in decimal, without leading zeros. */
export function isId(text: string): boolean {
  return /^[1-9][0-9]{0,18}$/.test(text) && (text.length < MAX_ID.length || text <= MAX_ID);
}

/** Orders ids of any length as numbers. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A cursor a client sent, as text that compares rightly with stored ids in a text column. */
export function cursorText(id: string): string {
  return id.padStart(ID_DIGITS, '0');
}
