import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#platform/clock/system-clock.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { randomToken, seededRandom, systemRandom } from '#platform/random/random.ts';
import { WriteTimeout } from '#ports/wide-column/port.ts';
import { FlakyBus, openWorld, testEvent, type World } from './testing.ts';
import { BUCKET_MS, bucketOf, wideOutbox } from './wide-outbox.ts';
import { type WideRelayOptions, wideRelay } from './wide-relay.ts';

async function start(world: World, more: Partial<WideRelayOptions> & { shards?: number } = {}) {
  const { wide } = world;
  const outbox = wideOutbox({ service: 'sample', wide, clock: world.clock, shards: more.shards ?? 1 });
  await outbox.prepare();
  const bus = new FlakyBus(world.bus);
  const options = { ...world.tools, sweepEveryMs: 100_000, bus, wide, outbox, ...more };
  return { outbox, bus, options, relay: wideRelay(options) };
}

test('what was handed over is published without a reading, and its row goes', async (t) => {
  const world = await openWorld(t);
  const { outbox, bus, relay } = await start(world);
  const reading = t.mock.method(world.wide, 'range');
  await relay.start();
  await relay.drain();
  reading.mock.resetCalls();
  const event = testEvent(world, { subject: 'a', version: 1 });
  await world.wide.write(outbox.mutations([event]), { atomic: true });
  const published = new Promise<void>((resolve) => {
    const publish = bus.publish.bind(bus);
    bus.publish = async (topic, events) => {
      await publish(topic, events);
      resolve();
    };
  });
  relay.handOver([event]);
  await published;
  assert.equal(reading.mock.callCount(), 0);
  await relay.drain();
  assert.deepEqual(bus.ids(), [event.id]);
  const rows = await world.wide.range(outbox.table, { bucket: bucketOf(event.id), shard: 0 }, { limit: 10 });
  assert.deepEqual(rows, []);
  await relay.stop();
});

test('stopping waits for rows that are being removed, whoever asked for it', async (t) => {
  const world = await openWorld(t);
  const { outbox, relay } = await start(world);
  await relay.start();
  await relay.drain();
  const event = testEvent(world, { subject: 'a', version: 1 });
  await world.wide.write(outbox.mutations([event]));
  const write = world.wide.write.bind(world.wide);
  const began = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  t.mock.method(world.wide, 'write', async (...given: Parameters<typeof write>) => {
    began.resolve();
    await held.promise;
    await write(...given);
  });
  relay.handOver([event]);
  const drained = relay.drain();
  await began.promise;
  let hasStopped = false;
  const stopped = relay.stop().then(() => {
    hasStopped = true;
  });
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(hasStopped, false);
  held.resolve();
  await Promise.all([drained, stopped]);
  assert.deepEqual(await world.wide.range(outbox.table, { bucket: bucketOf(event.id), shard: 0 }, { limit: 10 }), []);
});

test('what nobody handed over is found at the start, by wake and by the regular reading', async (t) => {
  const world = await openWorld(t);
  const { outbox, bus, relay, options } = await start(world);
  const write = async (version: number) => {
    const event = testEvent(world, { subject: 'a', version });
    await world.wide.write(outbox.mutations([event]));
    return event.id;
  };
  const first = await write(1);
  await relay.start();
  await relay.drain();
  assert.deepEqual(bus.ids(), [first]);
  const second = await write(2);
  relay.wake();
  await relay.drain();
  assert.deepEqual(bus.ids(), [first, second]);
  await relay.stop();

  const third = await write(3);
  const regular = wideRelay({ ...options, sweepEveryMs: 1 });
  await regular.start();
  while (bus.ids().length < 3) await new Promise((resolve) => setImmediate(resolve));
  const fourth = await write(4);
  while (bus.ids().length < 4) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(bus.ids(), [first, second, third, fourth], 'and nothing of it twice');
  await regular.stop();
});

test('draining comes to its end although each reading takes longer than the next one waits', {
  timeout: 60_000,
}, async (t) => {
  let sweeps = 0;
  const sweepEveryMs = 7;
  const clock = {
    ...systemClock,
    wait: async (ms: number, signal?: AbortSignal) => {
      await systemClock.wait(ms / 100, signal);
      if (ms === sweepEveryMs) sweeps++;
    },
  };
  const world = await openWorld(t, clock);
  const { outbox, bus, relay } = await start(world, { sweepEveryMs });
  await relay.start();
  await relay.drain();
  const range = world.wide.range.bind(world.wide);
  t.mock.method(world.wide, 'range', async (...given: Parameters<typeof range>) => {
    const before = sweeps;
    // A look at a single row is part of the sweep, which would wait for itself.
    const isReading = given[2].limit > 1;
    while (isReading && sweeps === before) await new Promise((resolve) => setImmediate(resolve));
    return range(...given);
  });
  const event = testEvent(world, { subject: 'a', version: 1 });
  await world.wide.write(outbox.mutations([event]));
  await relay.drain();
  assert.deepEqual(bus.ids(), [event.id]);
  t.mock.restoreAll();
  await relay.stop();
});

test('a row that lands behind others that were published is still found', async (t) => {
  const world = await openWorld(t);
  const { outbox, bus, relay } = await start(world);
  await relay.start();
  const late = testEvent(world, { subject: 'late', version: 1 });
  const early = testEvent(world, { subject: 'early', version: 1 });
  await world.wide.write(outbox.mutations([early]));
  relay.handOver([early]);
  await relay.drain();
  await world.wide.write(outbox.mutations([late]));
  relay.wake();
  await relay.drain();
  assert.deepEqual(bus.ids(), [early.id, late.id]);
  await relay.stop();
});

test('a write that times out, lands and is repeated gives one event', async (t) => {
  const world = await openWorld(t);
  const { outbox, bus, relay } = await start(world);
  await relay.start();
  const event = testEvent(world, { subject: 'a', version: 1 });
  const write = async (timesOut: boolean) => {
    await world.wide.write(outbox.mutations([event]));
    if (timesOut) throw new WriteTimeout();
    relay.handOver([event]);
  };
  await write(true).catch(() => relay.wake());
  await relay.drain();
  await write(false);
  await relay.drain();
  assert.deepEqual(bus.ids(), [event.id]);
  // The row was removed for good: a late landing brings nothing back.
  await relay.stop();
  const next = (await start(world)).relay;
  await next.start();
  await next.drain();
  assert.deepEqual(bus.ids(), [event.id]);
  await next.stop();
});

test('while the bus is away posting goes on; then all come, in order of their keys, although memory was too small', {
  timeout: 60_000,
}, async (t) => {
  const world = await openWorld(t);
  const { outbox, bus, relay } = await start(world, { shards: 3, sweepEveryMs: 100_000_000 });
  await relay.start();
  await relay.drain();
  bus.away = true;
  const count = 12_000;
  const events = Array.from({ length: count }, (_, n) =>
    testEvent(world, { subject: `k${n % 40}`, version: 1 + Math.floor(n / 40) }),
  );
  for (let from = 0; from < count; from += 1_000) {
    const page = events.slice(from, from + 1_000);
    await world.wide.write(outbox.mutations(page));
    relay.handOver(page);
  }
  await bus.refused;
  assert.ok((await relay.backlog()).count <= 10_000);
  bus.away = false;
  // Not by `drain`, which would read the table anyway.
  while (bus.published.length < count) await new Promise((resolve) => setImmediate(resolve));
  await relay.drain();
  assert.equal(bus.published.length, count);
  assert.equal(new Set(bus.ids()).size, count);
  const versionOf = new Map(events.map((event) => [event.id, event.version]));
  const last = new Map<string, number>();
  for (const { id, key } of bus.published) {
    assert.equal(versionOf.get(id), (last.get(key) ?? 0) + 1, `order of ${key}`);
    last.set(key, versionOf.get(id)!);
  }
  await relay.stop();
});

test('partitions that are long done are dropped, and a restart begins after them', { timeout: 60_000 }, async (t) => {
  const clock = new TestClock(systemClock.now());
  const world = await openWorld(t, clock);
  const { outbox, bus, relay, options } = await start(world, { sweepEveryMs: 10_000 });
  await relay.start();
  const event = testEvent(world, { subject: 'a', version: 1 });
  await world.wide.write(outbox.mutations([event]));
  relay.handOver([event]);
  await relay.drain();
  const before = (await world.wide.get(outbox.progress, { shard: 0 }))!;
  const isDone = async () => (await world.wide.get(outbox.progress, { shard: 0 }))!.first > before.first + 80;
  while (!(await isDone())) {
    clock.advance(BUCKET_MS / 2);
    await relay.drain();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const progress = (await world.wide.get(outbox.progress, { shard: 0 }))!;
  assert.ok(progress.dropped > bucketOf(event.id));
  await relay.stop();
  const next = wideRelay(options);
  await next.start();
  const after = testEvent(world, { subject: 'a', version: 2 });
  await world.wide.write(outbox.mutations([after]));
  await next.drain();
  assert.deepEqual(bus.ids(), [event.id, after.id]);
  await next.stop();
});

test('a reading does not overtake what was handed over and still waits', async (t) => {
  const world = await openWorld(t);
  const { outbox, bus, relay } = await start(world, { windowMs: 0, sweepEveryMs: 100_000_000 });
  await relay.start();
  await relay.drain();
  bus.away = true;
  const write = async (version: number) => {
    const event = testEvent(world, { subject: 'a', version });
    await world.wide.write(outbox.mutations([event]));
    return event;
  };
  const events = [await write(1)];
  relay.handOver(events);
  await bus.refused;
  for (let version = 2; version <= 400; version++) {
    const event = await write(version);
    events.push(event);
    if (version < 300) relay.handOver([event]);
    else relay.wake();
  }
  bus.away = false;
  await relay.drain();
  assert.deepEqual(
    bus.ids(),
    events.map((event) => event.id),
  );
  await relay.stop();
});

const seed = process.env.SEED ?? randomToken(systemRandom, 6);
test(`whatever happens, events of a key leave in order, once (SEED=${seed})`, { timeout: 60_000 }, async (t) => {
  const world = await openWorld(t);
  const { outbox, bus, relay } = await start(world, { shards: 2, sweepEveryMs: 500, windowMs: 60_000, maxQueue: 60 });
  const random = seededRandom(seed);
  const below = (limit: number) => random.bytes(4).readUInt32BE(0) % limit;
  const turns = async (count: number) => {
    for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
  };
  await relay.start();
  const versionOf = new Map<string, number>();
  await Promise.all(
    Array.from({ length: 40 }, async (_, k) => {
      for (let version = 1; version <= 60; version++) {
        const event = testEvent(world, { subject: `k${k}`, version });
        versionOf.set(event.id, version);
        // Others make younger ids and write before this one.
        await turns(below(8));
        await world.wide.write(outbox.mutations([event]));
        if (below(15) === 0) relay.wake();
        else relay.handOver([event]);
        if (below(60) === 0) bus.away = !bus.away;
      }
    }),
  );
  bus.away = false;
  await relay.drain();
  const last = new Map<string, number>();
  for (const { id, key } of bus.published) {
    assert.equal(versionOf.get(id), (last.get(key) ?? 0) + 1, `order of ${key}`);
    last.set(key, versionOf.get(id)!);
  }
  assert.equal(bus.published.length, 2_400);
  await relay.stop();
});

for (const [way, setMs] of [
  ['back', 3_600_000],
  ['far back', 3 * 86_400_000],
] as const) {
  test(`what was written before a crash is published though the clock was set ${way} before it`, async (t) => {
    const clock = new TestClock();
    const world = await openWorld(t, clock);
    const before = await start(world);
    await before.relay.start();
    clock.advance(30 * BUCKET_MS);
    await before.relay.drain();
    await before.relay.stop();

    // Set while nothing runs: a running generator of ids refuses to go back.
    clock.advance(-setMs);
    const written = testEvent({ ...world, ids: snowflakeIds(clock, 2) }, { subject: 'a', version: 1 });
    await world.wide.write(before.outbox.mutations([written]));
    clock.advance(2 * BUCKET_MS);
    const after = await start(world);
    await after.relay.start();
    await after.relay.drain();
    assert.deepEqual(after.bus.ids(), [written.id]);
    await after.relay.stop();
  });
}
