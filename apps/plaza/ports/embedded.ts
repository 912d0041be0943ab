import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { memoryCache } from '#ports/cache/memory/memory-cache.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import { openFolderStore } from '#ports/object-store/folder/folder-store.ts';
import { sqliteRelational } from '#ports/relational/sqlite/relational.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { CORE_FILE, DERIVED_FILE, OBJECTS_FOLDER } from '../backup/layout.ts';
import type { OpenPorts } from './names.ts';

export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly faults: Faults;
  /** For the writer thread, which cannot share `faults`. */
  readonly fault: { readonly point: FaultPoint; readonly nth: number } | undefined;
  /** Whether `derived` must outlast a power cut too: where offsets stand in another bus, what was lost would not be handled again. */
  readonly durable?: boolean;
}

export type EmbeddedPorts = Awaited<ReturnType<typeof openEmbeddedPorts>>;

/** Every port on its embedded twin, in one data folder. */
export async function openEmbeddedPorts(options: EmbeddedOptions) {
  const { dataFolder, clock, log, faults, fault, durable = false } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const core = await openSqliteFile({ path: join(dataFolder, CORE_FILE), synchronous: 'FULL', faults: fault });
  const derived = await openSqliteFile({
    path: join(dataFolder, DERIVED_FILE),
    synchronous: durable ? 'FULL' : 'NORMAL',
  });
  const objects = await openFolderStore({ folder: join(dataFolder, OBJECTS_FOLDER) });
  const bus = await sqliteEventBus({ core, derived, clock, faults, log });
  const ports: OpenPorts = {
    relational: sqliteRelational(core),
    wideColumn: sqliteWideColumn({ core, derived, clock }),
    bus,
    cache: memoryCache({ clock }),
    objects,
  };
  return {
    ports,
    bus,
    core,
    derived,
    objects,
    /** Resolves when a file fails (disk full, corruption): the process must then stop rather than pretend. */
    failed: Promise.race([core.failed, derived.failed]),
    async close() {
      await ports.bus.close();
      await ports.cache.close();
      await ports.wideColumn.close();
      await ports.relational.close();
      await objects.close();
      await derived.close();
      await core.close();
    },
  };
}
