import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { IncomingEvent, Subscription } from '#ports/event-bus/port.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteEventBus } from './event-bus.ts';

const DAY_MS = 86_400_000;

async function open(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-bus-'));
  const clock = new TestClock();
  const files = {
    core: await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' }),
    derived: await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' }),
  };
  const openBus = () => sqliteEventBus({ ...files, clock, log: createLog('silent') });
  const bus = await openBus();
  t.after(async () => {
    await bus.close();
    await Promise.all([files.core.close(), files.derived.close()]);
    await rm(folder, { recursive: true });
  });
  return { bus, clock, openBus, ...files };
}

function subscription(group: string, seen: IncomingEvent[], more: Partial<Subscription> = {}): Subscription {
  return {
    group,
    topics: ['t'],
    from: 'earliest',
    offsets: 'derived',
    maxBatch: 100,
    handle: async (events) => {
      seen.push(...events);
    },
    ...more,
  };
}

const day = (number: number, each = 50) =>
  Array.from({ length: each }, (_, n) => ({ id: `d${number}-${n}`, key: 'k', body: '{}' }));

test('what is old and handled by all goes; what a group needs stays until the cap', async (t) => {
  const { bus, clock, core } = await open(t);
  const seen: IncomingEvent[] = [];
  const slow = await bus.subscribe(subscription('slow', []));
  await bus.subscribe(subscription('quick', seen));
  await bus.publish('t', day(0, 2_500));
  await bus.idle();
  await slow.stop();
  for (let number = 1; number <= 10; number++) {
    clock.advance(DAY_MS);
    await bus.publish('t', day(number));
  }
  await bus.idle();
  assert.equal(seen.length, 3_000);
  const left = () => Number(core.read('SELECT count(*) AS n FROM event_log', [])[0]!.n);
  const now = clock.now();

  assert.equal(await bus.trim(now - 2.5 * DAY_MS, now - 100 * DAY_MS), 2_500);
  assert.equal(left(), 500, 'the slow group has not seen days 1 to 10');
  assert.equal(await bus.trim(now - 2.5 * DAY_MS, now - 6.5 * DAY_MS), 150);
  assert.equal(left(), 350, 'days 4 to 10 are within the cap');
  const late: IncomingEvent[] = [];
  await bus.subscribe(subscription('slow', late));
  await bus.idle();
  assert.equal(late.length, 350);
  assert.equal(await bus.trim(now - 2.5 * DAY_MS, now - 6.5 * DAY_MS), 200);
  assert.equal(left(), 150);
});

test('offsets go on growing when everything was trimmed and the program starts again', async (t) => {
  const { bus, clock, openBus } = await open(t);
  const seen: IncomingEvent[] = [];
  await bus.subscribe(subscription('g', seen));
  await bus.publish('t', day(0));
  await bus.idle();
  clock.advance(100 * DAY_MS);
  await bus.trim(clock.now(), clock.now());
  await bus.close();
  const again = await openBus();
  await again.subscribe(subscription('g', seen));
  await again.publish('t', day(1, 1));
  await again.idle();
  assert.equal(seen.length, 51);
  assert.ok(seen[50]!.offset > seen[49]!.offset);
  await again.close();
});

test('offsets stay above those of a derived file that is younger than the restored log', async (t) => {
  const { bus, core, openBus } = await open(t);
  const seen: IncomingEvent[] = [];
  await bus.subscribe(subscription('g', seen));
  await bus.publish('t', day(0));
  await bus.idle();
  await bus.close();
  await core.write([{ sql: 'DELETE FROM event_log WHERE position > 10', parameters: [] }]);
  const restored = await openBus();
  await restored.subscribe(subscription('g', seen));
  await restored.publish('t', day(1, 1));
  await restored.idle();
  assert.equal(seen.length, 51);
  assert.equal(seen[50]!.id, 'd1-0');
  assert.ok(seen[50]!.offset > seen[49]!.offset);
  await restored.close();
});

test('old dead letters go with the cap', async (t) => {
  const { bus, clock } = await open(t);
  await bus.subscribe({
    ...subscription('g', []),
    handle: async () => {
      throw new Error('no');
    },
  });
  await bus.publish('t', [{ id: 'x', key: 'k', body: '' }]);
  let isIdle = false;
  const idle = bus.idle().then(() => {
    isIdle = true;
  });
  while (!isIdle) {
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await idle;
  assert.equal((await bus.deadLetters(10)).length, 1);
  await bus.trim(clock.now() - DAY_MS, clock.now() - DAY_MS);
  assert.equal((await bus.deadLetters(10)).length, 1);
  clock.advance(2 * DAY_MS);
  await bus.trim(clock.now() - DAY_MS, clock.now() - DAY_MS);
  assert.equal((await bus.deadLetters(10)).length, 0);
});

test('a publish that the file refuses leaves a gap, and nothing that came after it is missed', async (t) => {
  const { bus, core } = await open(t);
  const seen: IncomingEvent[] = [];
  await bus.subscribe(subscription('g', seen));
  await bus.publish('t', day(0, 3));
  await core.define(
    "CREATE TRIGGER refuse BEFORE INSERT ON event_log WHEN NEW.id = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END",
  );
  const outcomes = await Promise.allSettled([
    bus.publish('t', day(1, 2)),
    bus.publish('t', [{ id: 'bad', key: 'k', body: '' }]),
    bus.publish('t', day(2, 2)),
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  await assert.rejects(bus.publish('t', [{ id: 'bad', key: 'k', body: '' }]));
  await bus.idle();
  assert.deepEqual(
    seen.map((event) => event.id),
    ['d0-0', 'd0-1', 'd0-2', 'd1-0', 'd1-1', 'd2-0', 'd2-1'],
  );
  assert.equal((await bus.lag()).get('g'), 0);
});

test('members of a group keep their offsets in one tier', async (t) => {
  const { bus } = await open(t);
  await bus.subscribe(subscription('g', []));
  await assert.rejects(bus.subscribe(subscription('g', [], { offsets: 'core' })), /same tier/);
});
