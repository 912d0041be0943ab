import { serviceContext } from '#platform/calls/context.ts';
import type { ProcessDirectory } from '#platform/calls/directory.ts';
import { backUpOf } from './backup/back-up-here.ts';
import { type FoundationOptions, layFoundation } from './composition/foundation.ts';
import { leaveFirst } from './composition/leave-first.ts';
import { startWatching } from './composition/watch.ts';
import { startControlServer } from './control/server.ts';
import { DATA_VERSION } from './data.ts';
import { drainAll } from './drain.ts';
import type { OperatorContext } from './operator/command.ts';
import { migrationToolsOf } from './operator/migration-tools.ts';
import { PORT_NAMES } from './ports/names.ts';
import { startServices } from './services.ts';

export interface PlazaOptions extends Omit<FoundationOptions, 'needed' | 'elsewhere'> {
  /** Without it there is no public address: the operator's commands work on the data alone. */
  readonly serve?: boolean;
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

/** Starts everything in this process, each port on the server that its setting names, else embedded. Whatever fails undoes what was started. */
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
  const { serve = true } = options;
  const foundation = await layFoundation({ ...options, needed: PORT_NAMES }, stack);
  const { platform, ports, opened, folder, lease, readiness } = foundation;
  const running = await startServices(foundation, serve, stack);
  folder?.recordVersion(DATA_VERSION);

  const operator: OperatorContext = {
    services: platform.services,
    bus: ports.bus,
    context: () => serviceContext('operator', platform.clock),
    async drain() {
      await lease.settle();
      await drainAll(running.drained, ports.bus);
    },
    migrationTools: migrationToolsOf(foundation),
    backUp: backUpOf(foundation),
  };
  if (serve && folder !== undefined) {
    const control = await startControlServer(folder.path, operator, platform.log);
    stack.defer(() => control.stop());
  }
  const watching = await startWatching(foundation, PORT_NAMES, running.relays);
  stack.defer(() => watching.stop());
  if (serve) leaveFirst(foundation, stack);
  readiness.started();
  return {
    address: running.address,
    origin: running.origin,
    metricsAddress: watching.address,
    operator,
    services: platform.services,
    failed: opened.failed,
    drain: operator.drain,
    stop: () => stack.disposeAsync(),
  };
}
