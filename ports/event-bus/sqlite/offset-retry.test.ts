import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { MAX_ATTEMPTS } from '#ports/event-bus/port.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import { sqliteEventBus } from './event-bus.ts';

const hurriedClock: Clock = { ...systemClock, wait: (ms, signal) => systemClock.wait(ms / 100, signal) };

/** The file, refusing to write rows `times` times once it is told to. */
function refusing(file: SqliteFile, times: number) {
  let refused = times;
  const writeRows: SqliteFile['writeRows'] = (rows) => {
    if (refused === times) return file.writeRows(rows);
    refused++;
    return Promise.reject(new Error('the disk is full'));
  };
  const wrapped = new Proxy(file, {
    get(target, name) {
      if (name === 'writeRows') return writeRows;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const refuse = () => {
    refused = 0;
  };
  return { wrapped, refuse, refused: () => refused };
}

test('an offset that was refused for long is written by itself, though no event follows', {
  timeout: 60_000,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-bus-'));
  const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
  const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
  const { wrapped, refuse, refused } = refusing(derived, 2 * MAX_ATTEMPTS + 1);
  const bus = await sqliteEventBus({ core, derived: wrapped, clock: hurriedClock, log: createLog('silent') });
  t.after(async () => {
    await bus.close();
    await Promise.all([core.close(), derived.close()]);
    await rm(folder, { recursive: true });
  });
  let handled = 0;
  await bus.subscribe({
    ...{ group: 'readers', topics: ['things'], from: 'earliest', offsets: 'derived', maxBatch: 10 },
    async handle(events) {
      handled += events.length;
    },
  });
  refuse();
  await bus.publish('things', [{ id: '1', key: 'one', body: '{}' }]);
  await bus.idle();
  assert.equal(handled, 1);
  assert.equal(refused(), 2 * MAX_ATTEMPTS + 1);
  const written = derived.read('SELECT max(next) AS next FROM event_offsets WHERE consumer_group = ?', ['readers']);
  assert.equal(Number(written[0]?.next), 2);
});
