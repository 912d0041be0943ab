import { serviceContext } from '#platform/calls/context.ts';
import { createDirectory, type ProcessDirectory } from '#platform/calls/directory.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { operatorKey } from '#platform/config/operator-key.ts';
import { killAt, noFaults } from '#platform/faults/faults.ts';
import type { FaultPoint } from '#platform/faults/points.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import { leaseWorker } from '#platform/ids/lease.ts';
import type { Ports } from '#platform/lifecycle/platform.ts';
import { type Random, systemRandom } from '#platform/random/random.ts';
import { createLog, type Logger } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { addProcessMetrics } from '#platform/telemetry/process-metrics.ts';
import { startTraces } from '#platform/telemetry/traces.ts';
import { backUp } from './backup/back-up.ts';
import { startControlServer } from './control/server.ts';
import { claimDataFolder, DATA_VERSION } from './data.ts';
import { drainAll } from './drain.ts';
import type { OperatorContext } from './operator/command.ts';
import { openEmbeddedPorts } from './ports/embedded.ts';
import { startRetention } from './retention.ts';
import { startServices } from './services.ts';
import { programVersion } from './version.ts';
import { startWatching } from './watch.ts';

export interface PlazaOptions {
  readonly config: Config;
  /** Without it there is no public address: the operator's commands work on the data alone. */
  readonly serve?: boolean;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Logger;
  /** Tests wrap ports: a cache that forgets, a bus that is away. */
  readonly wrapPorts?: (ports: Ports) => Ports;
  /** Checks answers between services against their contracts: on in tests. */
  readonly checkOutputs?: boolean;
}

export interface Plaza {
  /** Where it listens; empty when it does not serve. */
  readonly address: string;
  readonly origin: string;
  readonly metricsAddress: string | undefined;
  readonly operator: OperatorContext;
  readonly services: ProcessDirectory;
  /** Resolves with the cause when the data can no longer be written: the process must end. */
  readonly failed: Promise<Error>;
  /** Resolves when every event that was published has been handled and no background work is due. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything in this process, on the embedded twins. Whatever fails undoes what was started. */
export async function startPlaza(options: PlazaOptions): Promise<Plaza> {
  const stack = new AsyncDisposableStack();
  try {
    return await assemble(options, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function assemble(options: PlazaOptions, stack: AsyncDisposableStack): Promise<Plaza> {
  const { config, clock = systemClock, random = systemRandom, serve = true } = options;
  const log = options.log ?? createLog(config.logLevel);
  const fault = faultOf(config.fault);
  const faults = fault === undefined ? noFaults : killAt(fault.point, fault.nth);
  const metrics = createMetrics();
  addProcessMetrics(metrics);
  const traces = await startTraces({ url: config.tracesUrl, sample: config.tracesSample, version: programVersion() });
  stack.defer(() => traces.stop());

  const folder = await claimDataFolder(config.data, clock);
  stack.defer(() => folder.release());
  const embedded = await openEmbeddedPorts({ dataFolder: folder.path, clock, random, log, faults, fault });
  stack.defer(() => embedded.close());
  const retention = startRetention(embedded.bus, clock, log);
  stack.defer(() => retention.stop());
  const ports = options.wrapPorts?.(embedded.ports) ?? embedded.ports;

  const lease = await leaseWorker({ relational: ports.relational, clock, random, log });
  stack.defer(() => lease.release());
  const services = createDirectory({
    transport: config.calls,
    clock,
    log,
    random,
    metrics,
    traces,
    checkOutputs: options.checkOutputs ?? false,
  });
  stack.defer(() => services.close());
  const ids = snowflakeIds(clock, lease.worker, lease.mayIssue);
  const platform = { clock, random, ids, faults, log, metrics, services };
  const running = await startServices({
    platform,
    ports,
    config,
    traces,
    stack,
    operatorKey: operatorKey(config.operatorKey, folder.path, random),
    serve,
  });
  folder.recordVersion(DATA_VERSION);

  const operator: OperatorContext = {
    services,
    bus: ports.bus,
    context: () => serviceContext('operator', clock),
    async drain() {
      await lease.settle();
      await drainAll(running.drained, ports.bus);
    },
    backUp: (target, report) =>
      backUp(
        {
          dataFolder: folder.path,
          core: embedded.core,
          derived: embedded.derived,
          holdDeletions: (work) => embedded.objects.holdDeletions(work),
          dataVersion: DATA_VERSION,
          clock,
        },
        target,
        report,
      ),
  };
  if (serve) {
    const control = await startControlServer(folder.path, operator, log);
    stack.defer(() => control.stop());
  }
  const watching = await startWatching({ config, metrics, ports, relays: running.relays, log });
  stack.defer(() => watching.stop());
  return {
    address: running.address,
    origin: running.origin,
    metricsAddress: watching.address,
    operator,
    services,
    failed: embedded.failed,
    drain: operator.drain,
    stop: () => stack.disposeAsync(),
  };
}

const FAULT = /^(.+):([0-9]+)$/;

function faultOf(setting: string | undefined): { point: FaultPoint; nth: number } | undefined {
  const parts = FAULT.exec(setting ?? '');
  return parts === null ? undefined : { point: parts[1] as FaultPoint, nth: Number(parts[2]) };
}
