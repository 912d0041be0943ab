import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import { noTraces, type Traces } from '#platform/telemetry/traces.ts';
import type { ServiceApi, ServiceContract } from './contract.ts';
import { Deadlines } from './deadlines.ts';
import { unavailable } from './failures.ts';
import { startCallServer } from './http-server.ts';
import { inProcessClient, type UntypedApi, type UntypedCall } from './in-process.ts';
import { callObserver, observed } from './observed.ts';
import type { ResilienceOptions } from './resilience.ts';

/** Finds other services. A client may be asked for before the service has started; a call then waits for nothing and fails as unavailable. */
export interface ServiceDirectory {
  client<C extends ServiceContract>(contract: C): ServiceApi<C>;
}

/** The directory as the process that starts services sees it. */
export interface ProcessDirectory extends ServiceDirectory {
  /** Makes a running service callable. Registering a name again replaces it. */
  register<C extends ServiceContract>(contract: C, api: ServiceApi<C>): Promise<void>;
  /** From now on calls to this service fail as unavailable; those under way finish. */
  unregister(contract: ServiceContract): Promise<void>;
  close(): Promise<void>;
}

export interface DirectoryOptions {
  /** `function`: a call is a function call. `http`: every call goes over a loopback socket, even to a service of this process. */
  readonly transport: 'function' | 'http';
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  /** Compares answers with their contracts too: on in tests, off in production, where it would cost what it finds only in a broken build. */
  readonly checkOutputs?: boolean;
  readonly resilience?: Partial<ResilienceOptions>;
  readonly traces?: Traces;
  readonly metrics?: Metrics;
}

interface Target {
  readonly calls: UntypedApi;
  stop(): Promise<void>;
}

export function createDirectory(options: DirectoryOptions): ProcessDirectory {
  const deadlines = new Deadlines(options.clock);
  const secret = randomToken(options.random);
  const observer = callObserver(options.traces ?? noTraces, options.metrics);
  const targets = new Map<string, Target>();
  const clients = new Map<string, UntypedApi>();

  const remove = async (name: string) => {
    const target = targets.get(name);
    targets.delete(name);
    await target?.stop();
  };

  return {
    client<C extends ServiceContract>(contract: C) {
      let client = clients.get(contract.name);
      if (client === undefined) {
        client = lazyClient(contract, () => targets.get(contract.name)?.calls);
        clients.set(contract.name, client);
      }
      return client as ServiceApi<C>;
    },
    async register(contract, api) {
      const target = await startTarget(contract, api, { ...options, deadlines }, secret);
      await remove(contract.name);
      targets.set(contract.name, { ...target, calls: observed(contract.name, target.calls, observer) });
    },
    unregister: (contract) => remove(contract.name),
    async close() {
      await Promise.all([...targets.keys()].map(remove));
    },
  };
}

async function startTarget<C extends ServiceContract>(
  contract: C,
  api: ServiceApi<C>,
  options: DirectoryOptions & { readonly deadlines: Deadlines },
  secret: string,
): Promise<Target> {
  if (options.transport === 'function') {
    return { calls: inProcessClient(contract, api, options) as UntypedApi, stop: async () => {} };
  }
  // Its packages are large, and a program in one process never needs them.
  const { callClient } = await import('./http-client.ts');
  const server = await startCallServer(contract, api, { ...options, secret });
  const client = callClient(contract, server.origin, { ...options, secret });
  return {
    calls: client.api as UntypedApi,
    async stop() {
      await client.close();
      await server.stop();
    },
  };
}

/** Looks the service up at each call, so that it may start, stop and be replaced while others hold its client. */
function lazyClient(contract: ServiceContract, target: () => UntypedApi | undefined): UntypedApi {
  const client: Record<string, UntypedCall> = {};
  for (const name of Object.keys(contract.operations)) {
    client[name] = (input, context) => {
      const call = target()?.[name];
      return call === undefined
        ? Promise.reject(unavailable(`${contract.name} has not started`))
        : call(input, context);
    };
  }
  return client;
}
