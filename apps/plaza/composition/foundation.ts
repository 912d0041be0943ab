import { fileURLToPath } from 'node:url';
import type { Elsewhere } from '#platform/calls/directory.ts';
import { createDirectory, type ProcessDirectory } from '#platform/calls/directory.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { killAt, noFaults } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { leaseWorker, type WorkerLease } from '#platform/ids/lease.ts';
import type { DataFolder } from '#platform/lifecycle/data-folder.ts';
import type { Platform, Ports } from '#platform/lifecycle/platform.ts';
import { Readiness } from '#platform/lifecycle/readiness.ts';
import { migratingWideColumn } from '#platform/migration/migrating-wide-column.ts';
import { type MigrationWatch, watchMigrations } from '#platform/migration/watch.ts';
import { type Random, systemRandom } from '#platform/random/random.ts';
import { createLog, type Logger } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { addProcessMetrics } from '#platform/telemetry/process-metrics.ts';
import { startTraces, type Traces } from '#platform/telemetry/traces.ts';
import { claimDataFolder } from '../data.ts';
import { onServers, type PortName } from '../ports/names.ts';
import { type OpenedPorts, openPorts } from '../ports/open.ts';
import { programVersion } from '../version.ts';
import { TABLE_MIGRATIONS } from './migrations.ts';
import { startRetention } from './retention.ts';

export interface FoundationOptions {
  readonly config: Config;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Logger;
  /** Open already, and closed by whoever opened them: tests let several constellations of services share embedded twins. */
  readonly opened?: OpenedPorts;
  /** Tests wrap ports: a cache that forgets, a bus that is away. */
  readonly wrapPorts?: (ports: Ports) => Ports;
  /** Checks answers between services against their contracts: on in tests. */
  readonly checkOutputs?: boolean;
  /** Where the browser client was built; null: none is served. What `apps/web/build.ts` makes unless given. */
  readonly clientFolder?: string | null;
  /** Ports that this process needs. */
  readonly needed: readonly PortName[];
  readonly elsewhere?: Elsewhere;
}

/** What every process of Plaza stands on, whatever services it runs. */
export interface Foundation {
  readonly config: Config;
  readonly platform: Platform & { readonly services: ProcessDirectory };
  readonly ports: Ports;
  readonly opened: OpenedPorts;
  readonly traces: Traces;
  readonly readiness: Readiness;
  /** The locked data folder, where a port is embedded. */
  readonly folder: DataFolder | undefined;
  readonly lease: WorkerLease;
  /** Where the process has the wide-column port. */
  readonly migrations: MigrationWatch | undefined;
  readonly clientFolder: string | null;
}

/** What `apps/web/build.ts` makes; nothing is there until it has run. */
const CLIENT_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Opens ports, leases a worker number and makes the directory of services. `stack` takes what must be stopped. */
export async function layFoundation(options: FoundationOptions, stack: AsyncDisposableStack): Promise<Foundation> {
  const { config, needed, clock = systemClock, random = systemRandom, clientFolder = CLIENT_FOLDER } = options;
  const log = options.log ?? createLog(config.logLevel);
  const fault = faultOf(config.fault);
  const faults = fault === undefined ? noFaults : killAt(fault.point, fault.nth);
  const metrics = createMetrics();
  addProcessMetrics(metrics);
  const traces = await startTraces({ url: config.tracesUrl, sample: config.tracesSample, version: programVersion() });
  stack.defer(() => traces.stop());

  const servers = onServers(config);
  const embeds = options.opened === undefined && needed.some((port) => !servers.includes(port));
  const folder = embeds ? await claimDataFolder(config.data, clock) : undefined;
  stack.defer(() => folder?.release());
  const embedded = folder === undefined ? undefined : { dataFolder: folder.path, fault };
  const tools = { config, clock, random, log, metrics, faults };
  const opened = options.opened ?? (await openPorts({ ...tools, needed, embedded }));
  if (options.opened === undefined) stack.defer(() => opened.close());
  if (opened.embedded !== undefined && !servers.includes('bus')) {
    const retention = startRetention(opened.embedded.bus, clock, log);
    stack.defer(() => retention.stop());
  }
  const wrapped = options.wrapPorts?.(opened.ports) ?? opened.ports;

  const shared = servers.includes('relational');
  const { relational } = wrapped;
  const migrations = needed.includes('wideColumn')
    ? await watchMigrations({
        relational,
        clock,
        random,
        log,
        names: TABLE_MIGRATIONS.map(({ name }) => name),
        alone: !shared,
      })
    : undefined;
  stack.defer(() => migrations?.stop());
  const ports =
    migrations === undefined
      ? wrapped
      : { ...wrapped, wideColumn: migratingWideColumn(wrapped.wideColumn, TABLE_MIGRATIONS, migrations) };

  const lease = await leaseWorker({ relational, clock, random, log });
  stack.defer(() => lease.release());
  const services = createDirectory({
    transport: config.calls,
    ...{ clock, log, random, metrics, traces },
    checkOutputs: options.checkOutputs ?? false,
    ...(options.elsewhere === undefined ? {} : { elsewhere: options.elsewhere }),
  });
  stack.defer(() => services.close());
  const ids = snowflakeIds(clock, lease.worker, lease.mayIssue);
  const platform = { clock, random, ids, faults, log, metrics, services, shared };
  const readiness = new Readiness();
  return { config, platform, ports, opened, traces, readiness, folder, lease, migrations, clientFolder };
}

const FAULT = /^(.+):([0-9]+)$/;

function faultOf(setting: string | undefined): { point: FaultPoint; nth: number } | undefined {
  const parts = FAULT.exec(setting ?? '');
  return parts === null ? undefined : { point: parts[1] as FaultPoint, nth: Number(parts[2]) };
}
