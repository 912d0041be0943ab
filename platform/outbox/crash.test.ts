import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { noFaults } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { IncomingEvent } from '#ports/event-bus/port.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import { sqliteRelational } from '#ports/relational/sqlite/relational.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import type { DomainEvent } from './event.ts';
import { relationalOutbox } from './relational-outbox.ts';
import { relationalRelay } from './relational-relay.ts';
import { hurriedClock } from './testing.ts';
import { wideOutbox } from './wide-outbox.ts';
import { wideRelay } from './wide-relay.ts';

const POINTS: FaultPoint[] = ['outbox.before-publish', 'outbox.after-publish'];

for (const kind of ['relational', 'wide'] as const) {
  test(`${kind}: whatever is killed when, every acknowledged event is in the log, in the order of its key`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'plaza-crash-'));
    t.after(() => rm(folder, { recursive: true }));
    const acknowledged: string[] = [];
    for (const point of POINTS) {
      for (const nth of [1, 9]) acknowledged.push(...(await crash(folder, kind, point, nth)));
    }
    const { events, repeated } = await recover(folder, kind);
    const published = new Set(events.map((event) => event.id));
    assert.ok(acknowledged.length > 20, `${acknowledged.length} events were acknowledged`);
    for (const id of acknowledged) assert.ok(published.has(id), `${id} is missing`);
    assertOrder(events);
    // The wide relay removes published rows half a second later, which these processes did not live to see.
    if (kind === 'relational') assert.ok(repeated < events.length / 2, `${repeated} of ${events.length} came twice`);
  });
}

/** Runs a writer until it ends itself, and gives the ids whose writes were acknowledged. */
async function crash(folder: string, kind: string, point: FaultPoint, nth: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'crash-child.ts'), folder, kind, point, String(nth)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  const [output, errors, signal] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  assert.equal(signal, 'SIGKILL', errors);
  assert.match(errors, new RegExp(`fault point reached: ${point}`));
  // The last line may be cut.
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' ')[0]!);
}

/** Opens what was left, lets the relay do its work and reads the whole log. */
async function recover(folder: string, kind: 'wide' | 'relational') {
  const clock = hurriedClock;
  const log = createLog('silent');
  const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
  const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
  const bus = await sqliteEventBus({ core, derived, clock, log });
  const tools = { bus, clock, random: systemRandom, faults: noFaults, log };
  const relational = sqliteRelational(core);
  const wide = sqliteWideColumn({ core, derived, clock });
  const relationalOut = relationalOutbox('sample');
  const wideOut = wideOutbox({ service: 'sample', wide, clock });
  if (kind === 'wide') await wideOut.prepare();
  const relay =
    kind === 'wide'
      ? wideRelay({ ...tools, wide, outbox: wideOut })
      : relationalRelay({ ...tools, relational, outbox: relationalOut });
  await relay.start();
  await relay.drain();
  await relay.stop();
  const events: IncomingEvent[] = [];
  await bus.subscribe({
    group: 'reader',
    topics: ['sample'],
    from: 'earliest',
    offsets: 'derived',
    maxBatch: 500,
    handle: async (batch) => {
      events.push(...batch);
    },
  });
  await bus.idle();
  await bus.close();
  await Promise.all([core.close(), derived.close()]);
  return { events, repeated: events.length - new Set(events.map((event) => event.id)).size };
}

/** With repetitions allowed: no version is seen before the one that precedes it, and each key ends with its last version. */
function assertOrder(events: readonly IncomingEvent[]): void {
  const highest = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { key, body } of events) {
    const { aggregateversion } = JSON.parse(body) as DomainEvent;
    assert.ok(aggregateversion <= (highest.get(key) ?? 0) + 1, `version ${aggregateversion} of ${key} came too early`);
    highest.set(key, Math.max(highest.get(key) ?? 0, aggregateversion));
    last.set(key, aggregateversion);
  }
  assert.deepEqual(last, highest, 'a repetition runs to the last version');
}
