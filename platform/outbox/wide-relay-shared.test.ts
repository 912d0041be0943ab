import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { systemClock } from '#platform/clock/system-clock.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import type { Relational } from '#ports/relational/port.ts';
import { put } from '#ports/wide-column/port.ts';
import type { PendingEvent } from './event.ts';
import { FlakyBus, openWorld, testEvent, type World } from './testing.ts';
import { BUCKET_MS, bucketOf, wideOutbox } from './wide-outbox.ts';
import { type WideRelay, type WideRelayOptions, wideRelay } from './wide-relay.ts';

const SHARDS = 4;

/** One store, and processes that share its outbox. */
async function shared(t: TestContext) {
  const clock = new TestClock(systemClock.now());
  const world = await openWorld(t, clock);
  const { wide } = world;
  const outbox = wideOutbox({ service: 'sample', wide, clock, shards: SHARDS });
  await outbox.prepare();
  const bus = new FlakyBus(world.bus);
  const process = (more: Partial<WideRelayOptions> = {}) =>
    wideRelay({ ...world.tools, wide, outbox, bus, sharedBy: world.relational, ...more });
  /** Lets time pass until something holds, never ahead of the writes that its passing set off: leases would run out while they are renewed. */
  const until = async (holds: () => boolean, stepMs = 100) => {
    for (let turns = 0; turns < 5_000 && !holds(); turns++) {
      clock.advance(stepMs);
      await new Promise((resolve) => setImmediate(resolve));
      await wide.write([put(outbox.progress, { shard: SHARDS, first: 1, dropped: 1 }, 1)]);
    }
    assert.ok(holds());
  };
  return { clock, world, outbox, bus, process, until };
}

function eventsOf(world: World, count: number, version: number): PendingEvent[] {
  return Array.from({ length: count }, (_, n) => testEvent(world, { subject: `k${n}`, version }));
}

/** A store to which a process can lose its line: then it renews no lease. */
function cuttable({ relational }: World, isCut: () => boolean): Relational {
  return {
    ...relational,
    query: (query, how) => relational.query(query, how),
    batch: (steps) => relational.batch(steps),
    run: (script, args) => (isCut() ? Promise.reject(new Error('cut off')) : relational.run(script, args)),
    migrate: (service, migrations) => relational.migrate(service, migrations),
  };
}

/** Lets time pass until a relay has drained. */
async function drained(relay: WideRelay, until: (holds: () => boolean) => Promise<void>): Promise<void> {
  let isDone = false;
  const draining = relay.drain().finally(() => {
    isDone = true;
  });
  await until(() => isDone);
  await draining;
}

test('of several processes one publishes a shard, also what the others wrote and handed to theirs', async (t) => {
  const { world, outbox, bus, process, until } = await shared(t);
  const busOfOther = new FlakyBus(world.bus);
  const [one, other] = [process(), process({ bus: busOfOther })];
  await one.start();
  await other.start();
  const events = eventsOf(world, 50, 1);
  await world.wide.write(outbox.mutations(events));
  other.handOver(events);
  await drained(other, until);
  assert.deepEqual(new Set(bus.ids()), new Set(events.map(({ id }) => id)));
  assert.deepEqual(busOfOther.ids(), [], 'the shards are led by the other process');
  await drained(one, until);
  assert.equal(bus.published.length, 50);

  await one.stop();
  const later = eventsOf(world, 50, 2);
  await world.wide.write(outbox.mutations(later));
  await until(() => busOfOther.published.length >= 50);
  assert.deepEqual(new Set(busOfOther.ids()), new Set(later.map(({ id }) => id)));
  assert.equal(busOfOther.published.length, 50);
  assert.equal(bus.published.length, 50);
  await other.stop();
});

test('what a dead process left is known to wait, and whoever drains waits until it is published', async (t) => {
  const { world, outbox, bus, process, until } = await shared(t);
  const dying = new FlakyBus(world.bus);
  dying.away = true;
  let dead = false;
  const [first, second] = [process({ sharedBy: cuttable(world, () => dead), bus: dying }), process()];
  await first.start();
  await second.start();
  const events = eventsOf(world, 20, 1);
  await world.wide.write(outbox.mutations(events));
  dead = true;
  assert.equal((await second.backlog()).count, 20, 'although this process leads no shard');
  await drained(second, until);
  assert.deepEqual(new Set(bus.ids()), new Set(events.map(({ id }) => id)));
  assert.equal((await second.backlog()).count, 0);
  assert.deepEqual(dying.published, []);
  await Promise.all([first.stop(), second.stop()]);
});

test('a process whose lease ran out leaves what waits to its successor, also in the middle of trying', async (t) => {
  const { world, outbox, bus, process, until } = await shared(t);
  let cut = false;
  const [first, second] = [process({ sharedBy: cuttable(world, () => cut) }), process()];
  await first.start();
  await second.start();
  bus.away = true;
  const events = eventsOf(world, 20, 1);
  await world.wide.write(outbox.mutations(events));
  first.handOver(events);
  await bus.refused;
  cut = true;
  let refusals = 0;
  const publish = bus.publish.bind(bus);
  bus.publish = async (topic, page) => {
    if (bus.away) refusals++;
    return publish(topic, page);
  };
  // The successor reads everything that is not published, and tries it as well.
  await until(() => refusals > 20);
  bus.away = false;
  await until(() => bus.published.length >= 20);
  await second.drain();
  assert.deepEqual(new Set(bus.ids()), new Set(events.map(({ id }) => id)));
  assert.equal(bus.published.length, 20, 'and nothing twice');
  await Promise.all([first.stop(), second.stop()]);
});

test('an event whose row lands long after every window is found and published', async (t) => {
  const { world, outbox, bus, process, clock, until } = await shared(t);
  const relay = process({ sharedBy: undefined });
  await relay.start();
  await relay.drain();
  const late = testEvent(world, { subject: 'late', version: 1 });
  const passMinutes = async (minutes: number) => {
    const endMs = clock.now() + minutes * BUCKET_MS;
    await until(() => clock.now() >= endMs, 1_000);
  };
  await passMinutes(20);
  await world.wide.write(outbox.mutations([late]));
  await until(() => bus.published.length > 0);
  assert.deepEqual(bus.ids(), [late.id]);
  await relay.drain();
  const rows = await world.wide.range(
    outbox.table,
    { bucket: bucketOf(late.id), shard: outbox.shardOf('late') },
    { limit: 5 },
  );
  assert.deepEqual(rows, []);
  await relay.stop();
});

test('a partition is not dropped before all that stands in it is published', async (t) => {
  const { world, outbox, bus, process, clock, until } = await shared(t);
  const relay = process({ sharedBy: undefined, reconcileEveryMs: Number.POSITIVE_INFINITY });
  await relay.start();
  await relay.drain();
  const late = testEvent(world, { subject: 'late', version: 1 });
  const shard = outbox.shardOf('late');
  const minute = bucketOf(late.id);
  const endMs = clock.now() + 50 * BUCKET_MS;
  await until(() => clock.now() >= endMs, 1_000);
  await world.wide.write(outbox.mutations([late]));
  let dropped = 0;
  while (dropped <= minute) {
    clock.advance(BUCKET_MS / 2);
    await relay.drain();
    await new Promise((resolve) => setImmediate(resolve));
    dropped = (await world.wide.get(outbox.progress, { shard }))!.dropped;
  }
  assert.deepEqual(bus.ids(), [late.id]);
  await relay.stop();
});
