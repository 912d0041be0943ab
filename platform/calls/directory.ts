import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import { recording } from '#platform/remembering/recording.ts';
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
  /** With other processes around. */
  readonly elsewhere?: Elsewhere;
}

/** How services of other processes are called, and call those of this one. */
export interface Elsewhere {
  /** Shared by all processes of one Plaza. */
  readonly secret: string;
  /** The address of a service that does not run here; undefined for one that nobody offers. */
  addressOf(service: string): string | undefined;
  /** Where the service of this process takes calls. Without it, it is called from within only. */
  readonly listen?: { readonly host: string; readonly port: number };
}

interface Target {
  readonly calls: UntypedApi;
  stop(): Promise<void>;
}

export function createDirectory(options: DirectoryOptions): ProcessDirectory {
  const deadlines = new Deadlines(options.clock);
  const secret = options.elsewhere?.secret ?? randomToken(options.random);
  const observer = callObserver(options.traces ?? noTraces, options.metrics);
  const targets = new Map<string, Target>();
  const clients = new Map<string, UntypedApi>();

  const remove = async (name: string) => {
    const target = targets.get(name);
    targets.delete(name);
    await target?.stop();
  };

  const connecting = new Map<string, Promise<UntypedApi>>();
  const connectTo = (contract: ServiceContract, address: string) => {
    let connected = connecting.get(contract.name);
    if (connected === undefined) {
      connected = remoteTarget(contract, address, { ...options, deadlines, secret }).then((target) => {
        const calls = observed(contract.name, target.calls, observer);
        targets.set(contract.name, { ...target, calls });
        return calls;
      });
      connecting.set(contract.name, connected);
    }
    return connected;
  };

  return {
    client<C extends ServiceContract>(contract: C) {
      let client = clients.get(contract.name);
      if (client === undefined) {
        const address = options.elsewhere?.addressOf(contract.name);
        const connect = address === undefined ? undefined : () => connectTo(contract, address);
        client = lazyClient(contract, () => targets.get(contract.name)?.calls, connect);
        clients.set(contract.name, client);
      }
      return client as ServiceApi<C>;
    },
    async register(contract, api) {
      const target = await startTarget(contract, api, { ...options, deadlines, secret });
      await remove(contract.name);
      targets.set(contract.name, { ...target, calls: observed(contract.name, target.calls, observer) });
    },
    unregister: (contract) => remove(contract.name),
    async close() {
      await Promise.all([...targets.keys()].map(remove));
    },
  };
}

interface TargetOptions extends DirectoryOptions {
  readonly deadlines: Deadlines;
  readonly secret: string;
}

async function startTarget<C extends ServiceContract>(
  contract: C,
  api: ServiceApi<C>,
  options: TargetOptions,
): Promise<Target> {
  const { listen } = options.elsewhere ?? {};
  if (options.transport === 'function') {
    const server = listen === undefined ? undefined : await startCallServer(contract, api, { ...options, ...listen });
    return {
      calls: inProcessClient(contract, api, options) as UntypedApi,
      stop: async () => server?.stop(),
    };
  }
  const server = await startCallServer(contract, api, options);
  const remote = await remoteTarget(contract, server.origin, options);
  return {
    calls: remote.calls,
    async stop() {
      await remote.stop();
      await server.stop();
    },
  };
}

async function remoteTarget(contract: ServiceContract, address: string, options: TargetOptions): Promise<Target> {
  // Its packages are large, and a program in one process never needs them.
  const { callClient } = await import('./http-client.ts');
  const client = callClient(contract, address, options);
  return { calls: client.api as UntypedApi, stop: () => client.close() };
}

/** Looks the service up at each call, so that it may start, stop and be replaced while others hold its client. What is elsewhere is connected to at the first call. */
function lazyClient(
  contract: ServiceContract,
  target: () => UntypedApi | undefined,
  connect: (() => Promise<UntypedApi>) | undefined,
): UntypedApi {
  const client: Record<string, UntypedCall> = {};
  for (const name of Object.keys(contract.operations)) {
    client[name] = (input, context) => {
      recording()?.asked();
      const call = target()?.[name];
      if (call !== undefined) return call(input, context);
      if (connect === undefined) return Promise.reject(unavailable(`${contract.name} has not started`));
      return connect().then((api) => api[name]!(input, context));
    };
  }
  return client;
}
