import { join } from 'node:path';
import { systemClock } from '#platform/clock/system-clock.ts';
import { killAt } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import { sqliteRelational } from '#ports/relational/sqlite/relational.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { relationalOutbox } from './relational-outbox.ts';
import { relationalRelay } from './relational-relay.ts';
import { testEvent } from './testing.ts';
import { wideOutbox } from './wide-outbox.ts';
import { wideRelay } from './wide-relay.ts';

/**
 * A process that writes events for as long as it lives and prints each id when its write is acknowledged; it ends itself at a fault point.
 * Parameters: folder, kind of outbox, fault point, which hit.
 */
const [folder, kind, point, nth] = process.argv.slice(2) as [string, 'wide' | 'relational', FaultPoint, string];
const KEYS = 5;
const clock = systemClock;
const log = createLog('silent');
const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'FULL' });
const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
const bus = await sqliteEventBus({ core, derived, clock, log });
const tools = { bus, clock, random: systemRandom, faults: killAt(point, Number(nth)), log };
const relational = sqliteRelational(core);
const wide = sqliteWideColumn({ core, derived, clock });
const relationalOut = relationalOutbox('sample');
const wideOut = wideOutbox({ service: 'sample', wide, clock });
const ids = snowflakeIds(clock, 1);

if (kind === 'relational') {
  await relational.migrate('sample', relationalOut.migrations);
  const relay = relationalRelay({ ...tools, relational, outbox: relationalOut });
  await relay.start();
  await Promise.all(
    keys().map((subject) =>
      forever(async (version) => {
        const event = testEvent({ ids, timeMs: clock.now() }, { subject, version });
        await relational.batch([{ query: relationalOut.insert(event) }]);
        process.stdout.write(`${event.id} ${subject} ${version}\n`);
        relay.wake();
      }),
    ),
  );
} else {
  await wideOut.prepare();
  const relay = wideRelay({ ...tools, wide, outbox: wideOut });
  await relay.start();
  await Promise.all(
    keys().map((subject) =>
      forever(async (version) => {
        const event = testEvent({ ids, timeMs: clock.now() }, { subject, version });
        await wide.write(wideOut.mutations([event]), { atomic: true });
        process.stdout.write(`${event.id} ${subject} ${version}\n`);
        relay.handOver([event]);
      }),
    ),
  );
}

function keys(): string[] {
  return Array.from({ length: KEYS }, (_, k) => `${point}-${nth}-k${k}`);
}

async function forever(write: (version: number) => Promise<void>): Promise<void> {
  for (let version = 1; version < 100_000; version++) await write(version);
}
