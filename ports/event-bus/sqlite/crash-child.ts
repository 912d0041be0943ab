import { join } from 'node:path';
import { systemClock } from '#platform/clock/system-clock.ts';
import { killAt } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteEventBus } from './event-bus.ts';

/** A consumer that keeps a row for each event, in the tier of its offsets, until it ends itself. Parameters: folder, fault point, which hit. */
const [folder, point, nth] = process.argv.slice(2) as [string, FaultPoint, string];
const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
const bus = await sqliteEventBus({
  core,
  derived,
  clock: systemClock,
  log: createLog('silent'),
  faults: killAt(point, Number(nth)),
});
await bus.subscribe({
  group: 'keeper',
  topics: ['t'],
  from: 'earliest',
  offsets: 'derived',
  maxBatch: 5,
  async handle(events) {
    await derived.write(
      events.map((event) => ({
        sql: `INSERT INTO handled (partition, position, times) VALUES (?, ?, 1)
              ON CONFLICT (partition, position) DO UPDATE SET times = times + 1`,
        parameters: [event.partition, event.offset],
      })),
    );
  },
});
await bus.idle();
await bus.close();
await Promise.all([core.close(), derived.close()]);
