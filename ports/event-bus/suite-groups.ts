import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IncomingEvent } from './port.ts';
import { Collector, type EventBusBench, gate, numbered } from './suite-tools.ts';

/** Members share the partitions of their group, also while they come and go. */
export function groups(bench: EventBusBench): void {
  test('two members of a group share the work; another group gets everything too', { timeout: 120_000 }, async () => {
    const one = new Collector();
    const two = new Collector();
    const other = new Collector();
    await bench.bus.subscribe(bench.subscription(one.handle));
    await bench.bus.subscribe(bench.subscription(two.handle));
    await bench.bus.subscribe(bench.subscription(other.handle, { group: `${bench.group}-other`, offsets: 'core' }));
    let published = 0;
    // A server needs a moment to share the partitions out; what comes meanwhile is handled by whoever has them.
    for (let shared = false; !shared; ) {
      const before = { one: one.events.length, two: two.events.length };
      await bench.bus.publish(bench.topic, numbered(64, 1, published / 64));
      published += 64;
      await bench.bus.idle();
      assert.equal(one.events.length + two.events.length, published);
      assert.equal(other.events.length, published);
      const ofOne = new Set(one.events.slice(before.one).map((event) => event.partition));
      const ofTwo = new Set(two.events.slice(before.two).map((event) => event.partition));
      shared = ofOne.size > 0 && ofTwo.size > 0 && ![...ofTwo].some((partition) => ofOne.has(partition));
    }
    other.assertOrderPerKey(published / 64);
  });

  test('a rebalance in mid-batch moves a partition only after its batch, and repeats nothing', async () => {
    const hold = gate();
    const started = gate();
    const finished: IncomingEvent[] = [];
    let heldPartition = -1;
    await bench.bus.subscribe(
      bench.subscription(
        async (events) => {
          heldPartition = events[0]!.partition;
          started.open();
          await hold.opened;
          finished.push(...events);
        },
        { concurrency: 1, maxBatch: 5 },
      ),
    );
    await bench.bus.publish(bench.topic, numbered(32, 8));
    await started.opened;
    const late = new Collector();
    let cameWhileHeld = false;
    const joins: Promise<unknown>[] = [];
    for (let i = 0; i < 2; i++) {
      joins.push(
        bench.bus.subscribe(
          bench.subscription(async (events) => {
            if (!hold.isOpen && events[0]!.partition === heldPartition) cameWhileHeld = true;
            await late.handle(events);
          }),
        ),
      );
    }
    await Promise.all(joins);
    await late.until(1);
    hold.open();
    await bench.bus.idle();
    assert.equal(cameWhileHeld, false);
    const all = [...finished, ...late.events];
    assert.equal(all.length, 256);
    assert.equal(new Set(all.map((event) => event.id)).size, 256);
    assert.ok(late.events.length > 0, 'the members that joined got their share');
  });

  test('a member that leaves finishes its batch; the others go on from there', async () => {
    const hold = gate();
    const started = gate();
    const first: IncomingEvent[] = [];
    const leaver = await bench.bus.subscribe(
      bench.subscription(
        async (events) => {
          started.open();
          await hold.opened;
          first.push(...events);
        },
        { maxBatch: 3 },
      ),
    );
    await bench.bus.publish(bench.topic, numbered(16, 10));
    await started.opened;
    const rest = new Collector();
    await bench.bus.subscribe(bench.subscription(rest.handle));
    const stopped = leaver.stop();
    hold.open();
    await stopped;
    const handledWhenStopped = first.length;
    await bench.bus.idle();
    assert.equal(first.length, handledWhenStopped, 'nothing comes after stop');
    assert.equal(first.length + rest.events.length, 160);
    new Collector([...first, ...rest.events]).assertOrderPerKey(10);
  });
}
