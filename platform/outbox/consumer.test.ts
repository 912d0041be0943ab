import assert from 'node:assert/strict';
import { test } from 'node:test';
import Type from 'typebox';
import { eventType } from '#contracts/events/define.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { type ConsumedEvent, on, startConsumer, takes } from './consumer.ts';
import { observeLag } from './consumer-metrics.ts';
import { newEvent } from './event.ts';
import { openWorld, SampleChanged, testEvent } from './testing.ts';

const SampleRemoved = eventType('sample', 'plaza.sample.removed', Type.Object({}));
const OtherMade = eventType('other', 'plaza.other.made', Type.Object({ name: Type.String({ maxLength: 5 }) }));

test('handlers get the events of their types, checked and with their place; unknown types are passed over', async (t) => {
  const world = await openWorld(t);
  const metrics = createMetrics();
  const seen: string[] = [];
  await startConsumer({
    ...world,
    metrics,
    group: 'sampler',
    tier: 'derived',
    handlers: [
      on(SampleChanged, async (event) => {
        assert.equal(event.data.n, event.aggregateversion);
        assert.ok(event.offset >= 1);
        seen.push(`changed ${event.subject} ${event.data.n}`);
      }),
      on(OtherMade, async (event) => {
        seen.push(`made ${event.data.name}`);
      }),
    ],
  });
  await world.bus.publish('sample', [
    testEvent(world, { subject: 'a', version: 1 }),
    newEvent(SampleRemoved, {
      id: world.ids.next(),
      source: 'sample',
      subject: 'a',
      version: 2,
      timeMs: world.timeMs,
      data: {},
    }),
    testEvent(world, { subject: 'a', version: 3 }),
  ]);
  await world.bus.publish('other', [
    newEvent(OtherMade, {
      id: world.ids.next(),
      source: 'sample',
      subject: 'b',
      version: 1,
      timeMs: world.timeMs,
      data: { name: 'Bea' },
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    }),
  ]);
  await world.bus.idle();
  assert.deepEqual(seen.sort(), ['changed a 1', 'changed a 3', 'made Bea']);
  assert.deepEqual(await world.bus.deadLetters(10), []);

  observeLag(metrics, world.bus);
  const page = await metrics.registry.metrics();
  assert.match(page, /plaza_events_handled_total\{group="sampler"\} 3/);
  assert.match(page, /plaza_event_lag\{group="sampler"\} 0/);
  assert.match(page, /plaza_event_delay_seconds_count\{group="sampler"\} [1-9]/);
});

test('what is no event of ours, or does not fit its schema, ends among the dead letters', async (t) => {
  const world = await openWorld(t);
  const seen: number[] = [];
  const metrics = createMetrics();
  await startConsumer({
    ...world,
    metrics,
    group: 'sampler',
    tier: 'core',
    handlers: [
      on(SampleChanged, async (event) => {
        seen.push(event.data.n);
      }),
    ],
  });
  const good = testEvent(world, { subject: 'a', version: 4 });
  const bodies = ['not json', '{}', good.body.replace('"n":4', '"n":"four"'), good.body.replace('1.0', '0.3')];
  await world.bus.publish('sample', [...bodies.map((body, n) => ({ id: `bad-${n}`, key: 'a', body })), good]);
  await world.bus.idle();
  assert.deepEqual([...new Set(seen)], [4]);
  const letters = await world.bus.deadLetters(10);
  assert.deepEqual(
    letters.map((letter) => letter.event.id),
    ['bad-0', 'bad-1', 'bad-2', 'bad-3'],
  );
  assert.match(letters[2]!.error, /schema of plaza.sample.changed/);
  assert.match(await metrics.registry.metrics(), /plaza_events_handled_total\{group="sampler"\} 1/);
});

test('a batch handler gets the known events of a batch together, in order', async (t) => {
  const world = await openWorld(t);
  const batches: ConsumedEvent[][] = [];
  await startConsumer({
    ...world,
    metrics: createMetrics(),
    group: 'sampler',
    tier: 'derived',
    handlers: takes(SampleChanged),
    handleBatch: async (events) => {
      batches.push([...events]);
    },
  });
  await world.bus.publish(
    'sample',
    Array.from({ length: 30 }, (_, n) => testEvent(world, { subject: 'a', version: n + 1 })),
  );
  await world.bus.idle();
  assert.deepEqual(
    batches.flat().map((event) => event.aggregateversion),
    Array.from({ length: 30 }, (_, n) => n + 1),
  );
  assert.ok(batches.length < 30);
});

test('two handlers of one type, or none, are a mistake that shows at the start', async (t) => {
  const world = await openWorld(t);
  const options = { ...world, metrics: createMetrics(), group: 'g', tier: 'core' } as const;
  const handle = async () => {};
  await assert.rejects(
    startConsumer({ ...options, handlers: [on(SampleChanged, handle), on(SampleChanged, handle)] }),
    /two handlers/,
  );
  await assert.rejects(startConsumer({ ...options, handlers: takes(SampleChanged) }), /nobody handles/);
});

test('several consumers of one process share their metrics', async (t) => {
  const world = await openWorld(t);
  const metrics = createMetrics();
  for (const group of ['one', 'two']) {
    await startConsumer({ ...world, metrics, group, tier: 'core', handlers: [on(SampleChanged, async () => {})] });
  }
  await world.bus.publish('sample', [testEvent(world, { subject: 'a', version: 1 })]);
  await world.bus.idle();
  const page = await metrics.registry.metrics();
  assert.match(page, /handled_total\{group="one"\} 1/);
  assert.match(page, /handled_total\{group="two"\} 1/);
});
