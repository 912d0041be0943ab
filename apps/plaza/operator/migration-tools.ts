import type { Platform } from '#platform/lifecycle/platform.ts';
import type { MigratorTools } from '#platform/migration/tools.ts';
import type { Foundation } from '../composition/foundation.ts';
import type { Report } from './command.ts';

/** A copy that was cut short repeats at most these. */
const PARTITIONS_PER_PAGE = 100;
const LOOK_EVERY_MS = 50;
const LOOK_ELSEWHERE_EVERY_MS = 500;

type Stores = Pick<MigratorTools, 'wide' | 'relational'>;
type Means = Pick<Platform, 'clock' | 'random' | 'log'>;

/** For a process that is itself one of those that obey. */
export function migrationToolsOf({ platform, opened, ports, migrations }: Foundation) {
  const stores = { wide: opened.ports.wideColumn, relational: ports.relational };
  const letLook = async () => {
    await migrations?.refresh();
    await platform.clock.wait(LOOK_EVERY_MS);
  };
  return async (report: Report): Promise<MigratorTools> => ({ ...toolsOf(stores, platform, report), letLook });
}

/** For a process that has opened the stores and nothing else. */
export function toolsOf(stores: Stores, { clock, random, log }: Means, report: Report): MigratorTools {
  const letLook = () => clock.wait(LOOK_ELSEWHERE_EVERY_MS);
  return { ...stores, clock, random, log, letLook, partitionsPerPage: PARTITIONS_PER_PAGE, report };
}
