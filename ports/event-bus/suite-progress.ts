import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import type { IncomingEvent } from './port.ts';
import { Collector, type EventBusBench, gate, numbered } from './suite-tools.ts';

/** Behind by this much, a consumer has to catch up. The whole million takes its time, so it is asked for. */
const FAR_BEHIND = process.env.PLAZA_LONG_TESTS === '1' ? 1_000_000 : 100_000;

/** Where a group stands is kept over leaving, stopping and starting, however far behind it is. */
export function progress(bench: EventBusBench): void {
  test('a new group takes all that is kept, or only what comes, and remembers which after a restart', async () => {
    await bench.bus.publish(bench.topic, numbered(8, 2));
    const latest = { from: 'latest', group: `${bench.group}-latest` } as const;
    const before = new Collector();
    await bench.bus.subscribe(bench.subscription(before.handle, latest));
    await bench.bus.idle();
    assert.equal(before.events.length, 0);
    await bench.reopen();
    await bench.bus.publish(bench.topic, numbered(8, 2, 2));
    const after = new Collector();
    await bench.bus.subscribe(bench.subscription(after.handle, latest));
    const everything = new Collector();
    await bench.bus.subscribe(bench.subscription(everything.handle));
    await bench.bus.idle();
    assert.equal(after.events.length, 16);
    assert.equal(everything.events.length, 32);
    everything.assertOrderPerKey(4);
  });

  test('nothing is missed and little comes twice across stop and start', async () => {
    const handled: IncomingEvent[] = [];
    await bench.bus.publish(bench.topic, numbered(16, 20));
    const enough = gate();
    await bench.bus.subscribe(
      bench.subscription(
        async (events) => {
          handled.push(...events);
          if (handled.length >= 100) enough.open();
        },
        { maxBatch: 4 },
      ),
    );
    await enough.opened;
    await bench.reopen();
    const beforeRestart = handled.length;
    const rest = new Collector();
    await bench.bus.subscribe(bench.subscription(rest.handle));
    await bench.bus.publish(bench.topic, numbered(16, 1, 20));
    await bench.bus.idle();
    const ids = new Set([...handled, ...rest.events].map((event) => event.id));
    assert.equal(ids.size, 336);
    assert.equal(beforeRestart + rest.events.length, 336, 'an orderly stop commits what was handled');
    new Collector([...handled, ...rest.events]).assertOrderPerKey(21);
  });

  test('a batch that was interrupted by stop comes again after the start', async () => {
    const began = gate();
    await bench.bus.publish(bench.topic, numbered(1, 5));
    await bench.bus.subscribe(
      bench.subscription(async () => {
        began.open();
        throw new PlazaError('unavailable', 'never there');
      }),
    );
    await began.opened;
    await bench.reopen();
    const seen = new Collector();
    await bench.bus.subscribe(bench.subscription(seen.handle));
    await bench.bus.idle();
    assert.equal(seen.events.length, 5);
  });

  test('lag counts what each group has not handled, also groups that are away', async () => {
    const subscriber = await bench.bus.subscribe(bench.subscription(async () => {}));
    await bench.bus.publish(bench.topic, numbered(4, 5));
    await bench.bus.idle();
    assert.equal((await bench.bus.lag()).get(bench.group), 0);
    await subscriber.stop();
    await bench.bus.publish(bench.topic, numbered(4, 5, 5));
    assert.equal((await bench.bus.lag()).get(bench.group), 20);
    await bench.reopen();
    assert.equal((await bench.bus.lag()).get(bench.group), 20);
    await bench.bus.subscribe(bench.subscription(async () => {}));
    await bench.bus.idle();
    assert.equal((await bench.bus.lag()).get(bench.group), 0);
  });

  test(`a consumer that is ${FAR_BEHIND} events behind catches up, in bounded batches`, {
    timeout: 600_000,
  }, async () => {
    const perKey = FAR_BEHIND / 500;
    for (let n = 0; n < perKey; n += 10) await bench.bus.publish(bench.topic, numbered(500, 10, n));
    let handled = 0;
    let inHand = 0;
    let most = 0;
    const reached = new Map<string, number>();
    await bench.bus.subscribe(
      bench.subscription(
        async (events) => {
          inHand += events.length;
          most = Math.max(most, inHand);
          for (const { key, id } of events) {
            const n = Number(id.slice(id.indexOf('-') + 1));
            assert.equal(n, (reached.get(key) ?? -1) + 1);
            reached.set(key, n);
          }
          await new Promise((resolve) => setImmediate(resolve));
          handled += events.length;
          inHand -= events.length;
        },
        { maxBatch: 500, concurrency: 2 },
      ),
    );
    await bench.bus.idle();
    assert.equal(handled, FAR_BEHIND);
    assert.ok(most <= 1_000, `${most} events were in hand at once`);
    assert.ok([...reached.values()].every((n) => n === perKey - 1));
  });
}
