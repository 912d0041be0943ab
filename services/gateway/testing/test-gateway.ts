import type { CallContext } from '#platform/calls/context.ts';
import type { ServiceDirectory } from '#platform/calls/directory.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/lifecycle/platform.ts';
import { seededRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import type { GatewayConfig } from '../config.ts';
import { startGateway } from '../main.ts';
import { FakeWorld, fakeServices } from './fake-services.ts';

export const TEST_CONFIG: GatewayConfig = {
  host: '127.0.0.1',
  port: 0,
  origin: 'https://plaza.test',
  trustedProxies: [],
  rateLimits: 'off',
  signUp: 'open',
  instance: {
    title: 'Test Plaza',
    description: 'A place for tests',
    contactEmail: 'admin@plaza.test',
    languages: ['en'],
    rules: ['Be kind'],
    version: '0.1.0',
    sourceUrl: 'https://plaza.test/source',
  },
  mediaSecret: 'a secret for tests only, long enough',
  alone: true,
  mailEnabled: false,
  socialProvider: null,
  logOneOf: 0,
};

export interface TestGateway {
  readonly world: FakeWorld;
  readonly clock: TestClock;
  readonly address: string;
  /** A request with a token, and a JSON body where there is one. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  stop(): Promise<void>;
}

export interface CallOptions {
  readonly token?: string;
  readonly json?: unknown;
  readonly body?: RequestInit['body'];
  readonly headers?: Record<string, string>;
}

export interface TestGatewayOptions {
  readonly config?: Partial<GatewayConfig>;
  readonly services?: Record<string, (input: never, context: CallContext) => unknown>;
  readonly cache?: Partial<Cache>;
  readonly objects?: Partial<ObjectStore>;
}

const AWAY = () => Promise.reject(new Error('away'));

/** A real gateway on a real socket, over services of a fake world. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const world = new FakeWorld();
  const clock = new TestClock();
  const services = fakeServices(world, options.services);
  const platform = {
    clock,
    faults: noFaults,
    random: seededRandom('gateway'),
    ids: snowflakeIds(clock, 1),
    log: createLog('silent'),
    metrics: createMetrics(),
    services: {
      client: (contract: { name: string }) => services[contract.name as keyof typeof services],
    } as unknown as ServiceDirectory,
  } as unknown as Platform;
  const cache = { increment: AWAY, ...options.cache } as unknown as Cache;
  const objects = (options.objects ?? { deleteMany: async () => {} }) as ObjectStore;
  const gateway = await startGateway(platform, { cache, objects }, { ...TEST_CONFIG, ...options.config });
  return {
    world,
    clock,
    address: gateway.address,
    call(method, path, { token, json, body, headers } = {}) {
      return fetch(`${gateway.address}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
      });
    },
    stop: () => gateway.stop(),
  };
}
