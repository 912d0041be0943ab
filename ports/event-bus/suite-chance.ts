import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { randomToken, seededRandom, systemRandom } from '#platform/random/random.ts';
import { Collector, type EventBusBench, numbered } from './suite-tools.ts';

/** Members that come, go and fail at random, from a seed. */
export function chance(bench: EventBusBench): void {
  const seed = process.env.SEED ?? randomToken(systemRandom, 6);
  test(`members come, go and fail at random, and nothing is skipped (SEED=${seed})`, async () => {
    const random = seededRandom(seed);
    const below = (limit: number) => random.bytes(4).readUInt32BE(0) % limit;
    const seen = new Collector();
    const members: { stop(): Promise<void> }[] = [];
    const join = async () =>
      members.push(
        await bench.bus.subscribe(
          bench.subscription(
            async (events) => {
              if (below(12) === 0) throw new Error('now and then');
              if (below(12) === 0) throw new PlazaError('unavailable', 'now and then');
              const done = events.slice(0, below(10) === 0 ? below(events.length + 1) : events.length);
              await seen.handle(done);
              if (done.length < events.length) throw new Error('in the middle of a batch');
            },
            { maxBatch: 1 + below(30), concurrency: 1 + below(4) },
          ),
        ),
      );
    await join();
    for (let n = 0; n < 40; n++) {
      await bench.bus.publish(bench.topic, numbered(30, 5, n * 5));
      const dice = below(6);
      if (dice === 0) await join();
      if (dice === 1 && members.length > 1) await members.splice(below(members.length), 1)[0]!.stop();
      if (dice === 2 && members.length > 1) void members.splice(below(members.length), 1)[0]!.stop();
      if (dice === 3 && n % 7 === 0) {
        await bench.reopen();
        members.length = 0;
        await join();
      }
    }
    await bench.bus.idle();
    const letters = await bench.lettersOf(bench.group);
    const aside = new Set(letters.map((letter) => letter.event.id));
    assert.equal(new Set([...seen.ids(), ...aside]).size, 6_000);
    seen.assertNothingSkipped((id) => aside.has(id));
  });
}
