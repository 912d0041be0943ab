import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteEventBus } from './event-bus.ts';

const EVENTS = 200;
const POINTS: FaultPoint[] = ['bus.before-handle', 'bus.after-handle', 'bus.after-offset'];

test('whatever is killed when, no offset stands without its rows, and every event is handled', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-bus-crash-'));
  t.after(() => rm(folder, { recursive: true }));
  await withBus(folder, async ({ bus, derived }) => {
    await derived.define(
      'CREATE TABLE handled (partition INTEGER, position INTEGER, times INTEGER, PRIMARY KEY (partition, position))',
    );
    await bus.publish(
      't',
      Array.from({ length: EVENTS }, (_, n) => ({ id: `e${n}`, key: `k${n % 40}`, body: '{}' })),
    );
  });
  for (const point of POINTS) {
    for (const nth of [1, 4]) {
      const { signal, errors } = await run(folder, point, nth);
      assert.equal(signal, 'SIGKILL', errors);
      assert.match(errors, new RegExp(`fault point reached: ${point}`));
      await assertOffsetsHaveRows(folder);
    }
  }
  const { signal, errors } = await run(folder, 'bus.after-handle', 1_000_000);
  assert.equal(signal, null, errors);
  await withBus(folder, async ({ bus, derived }) => {
    const [row] = derived.read('SELECT count(*) AS events, sum(times) AS times FROM handled', []);
    assert.equal(Number(row?.events), EVENTS);
    assert.ok(Number(row?.times) < 2 * EVENTS, `${row?.times} times in all`);
    assert.equal((await bus.lag()).get('keeper'), 0);
  });
});

async function run(folder: string, point: FaultPoint, nth: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-child.ts'), folder, point, String(nth)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  const [errors, signal] = await Promise.all([text(child.stderr), ended]);
  return { errors, signal };
}

async function assertOffsetsHaveRows(folder: string): Promise<void> {
  await withBus(folder, async ({ core, derived }) => {
    for (const { partition, next } of derived.read('SELECT partition, next FROM event_offsets', [])) {
      const below = [Number(partition), Number(next)];
      const [published] = core.read('SELECT count(*) AS n FROM event_log WHERE partition = ? AND position < ?', below);
      const [handled] = derived.read('SELECT count(*) AS n FROM handled WHERE partition = ? AND position < ?', below);
      assert.equal(Number(handled?.n), Number(published?.n), `partition ${partition} up to ${next}`);
    }
  });
}

async function withBus(folder: string, work: (open: Awaited<ReturnType<typeof openBus>>) => Promise<void>) {
  const open = await openBus(folder);
  await work(open);
  await open.bus.close();
  await Promise.all([open.core.close(), open.derived.close()]);
}

async function openBus(folder: string) {
  const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
  const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
  return { core, derived, bus: await sqliteEventBus({ core, derived, clock: systemClock, log: createLog('silent') }) };
}
