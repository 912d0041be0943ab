import { createServer, request, type Server } from 'node:http';
import { drainAll } from '#apps/plaza/drain.ts';
import type { OperatorContext } from '#apps/plaza/operator/command.ts';
import { openRemote } from '#apps/plaza/operator/open-remote.ts';
import type { Plaza, PlazaOptions } from '#apps/plaza/plaza.ts';
import { openEmbeddedPorts } from '#apps/plaza/ports/embedded.ts';
import type { OpenedPorts } from '#apps/plaza/ports/open.ts';
import { type OneService, startOneService } from '#apps/plaza/service.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Config } from '#platform/config/config.ts';
import { CALLED_SERVICES, type CalledService, type ServiceName } from '#platform/config/service-names.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';

/** Addresses that nobody connects to: what is open already is used in their stead. */
export const SERVERS = {
  relationalUrl: 'postgres://nobody/plaza',
  wideColumnUrl: 'cql://nobody/plaza',
  eventBusUrl: 'kafka://nobody:9092',
  cacheUrl: 'redis://nobody:7000',
  objectStoreUrl: 's3://nobody',
} as const;

/** The key that all services are given. */
export const TEST_OPERATOR_KEY = 'ab'.repeat(32);
/** What one event sets off is set off anew by the next at most so often: a post, its reposts' end, their counts. */
const DRAIN_ROUNDS = 5;

export interface SplitPlaza extends Plaza {
  /** What another process has to be told to belong to it. */
  readonly operatorKey: string;
  /** By name; gateways in their order. */
  running(service: ServiceName): OneService;
  readonly gateways: readonly OneService[];
  /** Starts a service again that was stopped. */
  restart(service: ServiceName): Promise<void>;
}

export interface SplitOptions {
  /** Puts something between a service, which listens at `port`, and those who call it. */
  readonly between?: (service: CalledService, port: number) => Promise<{ port: number; stop(): Promise<void> }>;
}

/**
 * Every service started for itself, as `plaza service <name>` does, with calls over HTTP and nothing in common but the stores; two gateways behind a balancer that sends each
 * request to the next one. Where the settings name servers, each service opens them for itself; else all share embedded twins.
 */
export async function startSplitPlaza(options: PlazaOptions & SplitOptions): Promise<SplitPlaza> {
  const stack = new AsyncDisposableStack();
  const log = options.log ?? createLog(options.config.logLevel);
  const clock = options.clock ?? systemClock;
  const onServers = options.config.relationalUrl !== undefined;
  const embedded = onServers
    ? undefined
    : await openEmbeddedPorts({
        ...{ dataFolder: options.config.data, clock, random: systemRandom, log, faults: noFaults },
        fault: undefined,
      });
  stack.defer(() => embedded?.close());
  const opened: OpenedPorts | undefined =
    embedded === undefined ? undefined : { ...embedded, embedded: undefined, close: async () => {} };
  const ports = opened === undefined ? undefined : (options.wrapPorts?.(opened.ports) ?? opened.ports);

  const door = await freePort('127.0.0.1');
  const origin = `http://localhost:${door}`;
  const addresses = Object.fromEntries(
    await Promise.all(CALLED_SERVICES.map(async (name) => [name, await freePort('127.0.0.1')] as const)),
  );
  const urls: Record<string, string> = {};
  for (const name of CALLED_SERVICES) {
    const between = await options.between?.(name, addresses[name]!);
    if (between !== undefined) stack.defer(() => between.stop());
    urls[`${name}Url`] = `http://127.0.0.1:${between?.port ?? addresses[name]}`;
  }
  const config: Config = {
    ...{ ...options.config, ...(onServers ? {} : SERVERS), ...urls },
    ...{ operatorKey: TEST_OPERATOR_KEY, origin },
  };

  const services = new Map<ServiceName, OneService>();
  const start = async (service: ServiceName, own: Partial<Config>) => {
    const running = await startOneService({
      ...options,
      clock,
      log,
      config: { ...config, ...own },
      service,
      ...(opened === undefined ? {} : { opened }),
    });
    stack.defer(() => running.stop());
    services.set(service, running);
    return running;
  };
  for (const name of CALLED_SERVICES) await start(name, { servicePort: addresses[name]! });
  const gateways = [await start('gateway', { port: 0 }), await start('gateway', { port: 0 })];
  const balancer = await balance(
    door,
    gateways.map((gateway) => gateway.address),
  );
  stack.defer(
    () =>
      new Promise<void>((resolve) => {
        balancer.close(() => resolve());
        balancer.closeAllConnections();
      }),
  );
  const remote = openRemote(config);
  stack.defer(() => remote.close());
  const working = () => [...services.values(), ...gateways];
  const drain = () =>
    ports === undefined ? drainTogether(working(), remote.operator) : drainAll(working(), ports.bus);
  return {
    address: `http://127.0.0.1:${door}`,
    origin,
    metricsAddress: undefined,
    operator: { ...remote.operator, ...(ports === undefined ? {} : { bus: ports.bus }), drain },
    services: remote.services,
    failed: embedded?.failed ?? new Promise(() => {}),
    running: (service) => services.get(service)!,
    gateways,
    operatorKey: TEST_OPERATOR_KEY,
    async restart(service) {
      await start(service, { servicePort: addresses[service]! });
    },
    drain,
    stop: () => stack.disposeAsync(),
  };
}

/** No process sees what all have in hand, so the brokers are asked until a round in which everybody rested and nothing was left. */
async function drainTogether(services: readonly OneService[], operator: OperatorContext): Promise<void> {
  for (let round = 0; round < DRAIN_ROUNDS; round++) {
    for (const service of services) await service.drain();
    await operator.drain();
  }
}

/** Hands each request to the next gateway in turn, so that whoever relies on meeting the same one again fails. */
async function balance(port: number, addresses: readonly string[]): Promise<Server> {
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', addresses[turn++ % addresses.length]);
    const { method, headers } = incoming;
    const onward = request(target, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}
