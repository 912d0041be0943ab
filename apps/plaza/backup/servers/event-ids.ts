import { type Random, systemRandom } from '#platform/random/random.ts';

/** An id for an event that a copy tells itself: of the form of all ids, since others are refused, and random, since no worker number is leased to a copy. */
export function copyEventId(random: Random = systemRandom): string {
  // The first bit is not used, and the last one is set: ids are positive, and none is 0.
  return ((random.bytes(8).readBigUInt64BE() >> 1n) | 1n).toString();
}
