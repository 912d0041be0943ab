import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relationalOutbox } from './relational-outbox.ts';
import { relationalRelay } from './relational-relay.ts';
import { FlakyBus, openWorld, testEvent } from './testing.ts';
import { keepTwice } from './testing-script.ts';

const outbox = relationalOutbox('sample');

async function start(world: Awaited<ReturnType<typeof openWorld>>) {
  await world.relational.migrate('sample', outbox.migrations);
  const bus = new FlakyBus(world.bus);
  const relay = relationalRelay({ ...world.tools, bus, relational: world.relational, outbox });
  return { bus, relay };
}

test('what a batch kept is published once it is committed, and nothing of a batch that was undone', async (t) => {
  const world = await openWorld(t);
  const { relay, bus } = await start(world);
  await relay.start();
  const kept = testEvent(world, { subject: 'a', version: 1 });
  await world.relational.batch([{ query: outbox.insert(kept) }]);
  const undone = testEvent(world, { subject: 'b', version: 1 });
  await assert.rejects(world.relational.batch([{ query: outbox.insert(undone) }, { query: outbox.insert(kept) }]));
  relay.wake();
  await relay.drain();
  assert.deepEqual(bus.ids(), [kept.id]);
  assert.deepEqual(await relay.backlog(), { count: 0, oldestMs: 0 });
  await relay.stop();
});

test('a script keeps an event as one of its queries', async (t) => {
  const world = await openWorld(t);
  const { relay, bus } = await start(world);
  const event = testEvent(world, { subject: 'a', version: 1 });
  await world.relational.run(keepTwice, { event, other: testEvent(world, { subject: 'a', version: 2 }) });
  await relay.start();
  await relay.drain();
  assert.deepEqual(
    bus.published.map((published) => published.key),
    ['a', 'a'],
  );
  await relay.stop();
});

test('events leave in the order of their versions, page after page, although ids disagree', async (t) => {
  const world = await openWorld(t);
  const { relay, bus } = await start(world);
  const events = Array.from({ length: 1_500 }, (_, n) => testEvent(world, { subject: `k${n % 5}`, version: 1 }));
  // Ids grow while versions of a key fall: the worst two writers can do.
  const versions = new Map<string, number>();
  const rows = events.map((event) => {
    const left = versions.get(event.key) ?? 300;
    versions.set(event.key, left - 1);
    return { ...event, version: left };
  });
  for (let from = 0; from < rows.length; from += 500) {
    await world.relational.batch(rows.slice(from, from + 500).map((row) => ({ query: outbox.insert(row) })));
  }
  assert.equal((await relay.backlog()).count, 1_500);
  await relay.start();
  await relay.drain();
  assert.equal(bus.published.length, 1_500);
  const versionOf = new Map(rows.map((row) => [row.id, row.version]));
  const last = new Map<string, number>();
  for (const { id, key } of bus.published) {
    assert.ok(versionOf.get(id)! > (last.get(key) ?? 0));
    last.set(key, versionOf.get(id)!);
  }
  assert.equal((await relay.backlog()).count, 0);
  await relay.stop();
});

test('while the bus is away events wait in the table, and all come when it is back', async (t) => {
  const world = await openWorld(t);
  const { relay, bus } = await start(world);
  await relay.start();
  bus.away = true;
  const events = Array.from({ length: 20 }, (_, n) => testEvent(world, { subject: 'a', version: n + 1 }));
  for (const event of events) {
    await world.relational.batch([{ query: outbox.insert(event) }]);
    relay.wake();
  }
  await bus.refused;
  assert.equal((await relay.backlog()).count, 20);
  bus.away = false;
  await relay.drain();
  assert.deepEqual(
    bus.ids(),
    events.map((event) => event.id),
  );
  await relay.stop();
});

test('a relay that stops while the bus is away leaves everything for the next', async (t) => {
  const world = await openWorld(t);
  const { relay, bus } = await start(world);
  bus.away = true;
  const event = testEvent(world, { subject: 'a', version: 1 });
  await world.relational.batch([{ query: outbox.insert(event) }]);
  await relay.start();
  await bus.refused;
  await relay.stop();
  bus.away = false;
  const next = relationalRelay({ ...world.tools, bus, relational: world.relational, outbox });
  await next.start();
  await next.drain();
  assert.deepEqual(bus.ids(), [event.id]);
  await next.stop();
});

test('an event carries its envelope', async (t) => {
  const world = await openWorld(t);
  const event = testEvent(world, { subject: 'a', version: 7 });
  assert.deepEqual(JSON.parse(event.body), {
    specversion: '1.0',
    id: event.id,
    source: 'sample',
    type: 'plaza.sample.changed',
    subject: 'a',
    time: new Date(world.timeMs).toISOString(),
    datacontenttype: 'application/json',
    aggregateversion: 7,
    data: { n: 7 },
  });
  assert.equal(event.topic, 'sample');
});

test('of two relays that share an outbox one publishes, and the other when that one has stopped', async (t) => {
  const world = await openWorld(t);
  await world.relational.migrate('sample', outbox.migrations);
  const buses = [new FlakyBus(world.bus), new FlakyBus(world.bus)] as const;
  const [first, second] = buses.map((bus) =>
    relationalRelay({ ...world.tools, bus, relational: world.relational, outbox, shared: true }),
  );
  assert.ok(first && second);
  await first.start();
  await second.start();
  const keep = async (version: number) => {
    const event = testEvent(world, { subject: 'a', version });
    await world.relational.batch([{ query: outbox.insert(event) }]);
    return event.id;
  };
  const early = await keep(1);
  await second.drain();
  assert.deepEqual(buses[0].ids(), [early], 'whoever drains waits for the one that leads');
  const late = await keep(2);
  await first.stop();
  await second.drain();
  assert.deepEqual([...buses[0].ids(), ...buses[1].ids()].sort(), [early, late].sort());
  assert.ok(!buses[1].ids().includes(early));
  await second.stop();
});
