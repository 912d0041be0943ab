import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { eventBusSuite } from '#ports/event-bus/suite.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteEventBus } from './event-bus.ts';

/** Waits a hundredth of what it should, so that backoffs do not make the suite slow. */
const hurriedClock: Clock = { ...systemClock, wait: (ms, signal) => systemClock.wait(ms / 100, signal) };

eventBusSuite('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-bus-'));
  const open = async () => {
    const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
    const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
    const bus = await sqliteEventBus({ core, derived, clock: hurriedClock, log: createLog('silent') });
    const close = async () => {
      await bus.close();
      await Promise.all([core.close(), derived.close()]);
    };
    return { bus, close };
  };
  let current = await open();
  return {
    bus: current.bus,
    async reopen() {
      await current.close();
      current = await open();
      return current.bus;
    },
    async close() {
      await current.close();
      await rm(folder, { recursive: true });
    },
  };
});
