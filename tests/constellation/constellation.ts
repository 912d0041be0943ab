import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { type Plaza, type PlazaOptions, startPlaza } from '#apps/plaza/plaza.ts';
import { type Config, loadConfig } from '#platform/config/config.ts';
import { environmentName } from '#platform/config/settings.ts';
import type { Ports } from '#platform/lifecycle/platform.ts';
import { seededRandom } from '#platform/random/random.ts';
import { forgetfulCache } from '#ports/cache/forgetful.ts';
import type { Relational } from '#ports/relational/port.ts';
import { testSeed } from '../seed.ts';
import { ApiClient } from './api-client.ts';
import { type ClusterPlaza, startClusterPlaza } from './cluster-plaza.ts';
import { LEFT_OUT } from './left-out.ts';
import { type SplitOptions, startSplitPlaza } from './split-plaza.ts';
import { onCluster } from './test-cluster.ts';

/** How services call each other. Every test of the whole runs with each. */
export const TRANSPORTS = ['function', 'http'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Registers the same tests once for each transport; on a cluster of processes once, since they call each other over HTTP only. */
export function onEachTransport(name: string, define: (calls: Transport) => void): void {
  if (onCluster()) aroundCluster(name, () => define('http'));
  else for (const calls of TRANSPORTS) describe(`${name} (calls by ${calls})`, () => define(calls));
}

export type StartOptions = Partial<PlazaOptions> &
  SplitOptions & {
    readonly settings?: Partial<Config>;
    readonly folder?: string;
    /** Each service for itself, and two gateways, as separate processes would be. */
    readonly split?: boolean;
  };

/** The same; once more with each service for itself; and once more so, with a shared cache that loses everything at random. */
export function onEachWorld(name: string, define: (options: StartOptions) => void): void {
  if (onCluster()) {
    aroundCluster(name, () => define({}));
    return;
  }
  onEachTransport(name, (calls) => define({ settings: { calls } }));
  describe(`${name} (services apart, two gateways)`, () => define({ split: true }));
  const seed = testSeed();
  describe(`${name} (services apart, with a cache that forgets, SEED=${seed})`, () => define(withForgetfulCache(seed)));
}

/**
 * Each service for itself, because in one process hardly anything goes through the cache. It loses half of what it touches, and never fails: a home in the
 * cache may be old for half a minute when a writer cannot reach it, which takes a clock in hand to test (`services/feed/home-paging.test.ts`).
 */
export function withForgetfulCache(seed: number) {
  const random = seededRandom(`${seed}`);
  const wrapPorts = (ports: Ports): Ports => ({ ...ports, cache: forgetfulCache(ports.cache, { random, lose: 0.5 }) });
  return { split: true, wrapPorts } as const;
}

function aroundCluster(name: string, define: () => void): void {
  if (!Object.hasOwn(LEFT_OUT, name)) describe(`${name} (on a cluster)`, define);
}

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  /** Speaks with the person's token, which has every scope. */
  readonly api: ApiClient;
}

/** Scopes of the test client: everything but administration. */
export const ALL_SCOPES = 'read write follow push profile';
export const TEST_PASSWORD = 'correct horse battery staple';

/** A whole Plaza in this process, in a folder of its own; or the cluster of this run, where this file runs on that. */
export class Constellation {
  readonly plaza: Plaza;
  readonly folder: string;
  /** For what can only be done behind the back of the services. */
  readonly relational: Relational;
  /** Speaks without a token. */
  readonly api: ApiClient;
  #app: { client_id: string; client_secret: string; api: ApiClient } | undefined;

  private constructor(plaza: Plaza, folder: string, relational: Relational) {
    this.plaza = plaza;
    this.folder = folder;
    this.relational = relational;
    this.api = new ApiClient(plaza.address);
  }

  static async start(options: StartOptions = {}) {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'plaza-test-')));
    if (onCluster()) {
      const { relational, ...plaza } = await startOnCluster(options);
      return new Constellation(plaza, folder, relational);
    }
    const defaults = loadConfig({ env: {} });
    const config: Config = {
      ...defaults,
      port: 0,
      data: join(folder, 'data'),
      logLevel: 'error',
      metricsPort: 'off',
      rateLimits: 'off',
      ...options.settings,
    };
    const start = options.split ? startSplitPlaza : startPlaza;
    let relational: Relational | undefined;
    const wrapPorts = (ports: Ports) => {
      // A service that runs for itself may have been given other ports only.
      relational = ports.relational ?? relational;
      return options.wrapPorts?.(ports) ?? ports;
    };
    // Pages are tested as they are without script, unless a test wants the browser client.
    const plaza = await start({ checkOutputs: true, clientFolder: null, ...options, config, wrapPorts });
    return new Constellation(plaza, folder, relational!);
  }

  /** Starts one before the tests of the current `describe` and removes it afterwards. */
  static forTests(options: Parameters<typeof Constellation.start>[0] = {}): Promise<Constellation> {
    const started = Constellation.start(options);
    after(async () => (await started).remove());
    return started;
  }

  /** An app of the tests, registered once. */
  async app() {
    if (this.#app === undefined) {
      const made = await this.api.post('/api/v1/apps', {
        client_name: 'Tests',
        redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
        scopes: `${ALL_SCOPES} admin:read admin:write`,
      });
      const { client_id, client_secret } = made.body as { client_id: string; client_secret: string };
      const token = await this.api.post('/oauth/token', {
        grant_type: 'client_credentials',
        client_id,
        client_secret,
        scope: ALL_SCOPES,
      });
      this.#app = {
        client_id,
        client_secret,
        api: this.api.withToken((token.body as { access_token: string }).access_token),
      };
    }
    return this.#app;
  }

  /** Signs somebody up over the public API. */
  async person(username: string): Promise<Person> {
    const app = await this.app();
    const answer = await app.api.post('/api/v1/accounts', {
      username,
      email: `${username.toLowerCase()}@example.com`,
      password: TEST_PASSWORD,
      agreement: true,
      locale: 'en',
    });
    if (answer.status !== 200) throw new Error(`sign-up of ${username}: ${answer.status} ${answer.text}`);
    const api = this.api.withToken((answer.body as { access_token: string }).access_token);
    const account = (await api.get('/api/v1/accounts/verify_credentials')).body as { id: string };
    return { id: account.id, username, password: TEST_PASSWORD, api };
  }

  async people(...usernames: string[]): Promise<Person[]> {
    const people: Person[] = [];
    for (const username of usernames) people.push(await this.person(username));
    return people;
  }

  async stop(): Promise<void> {
    await this.plaza.stop();
  }

  async remove(): Promise<void> {
    await this.plaza.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Settings go to processes as their environment; what works within a process only is refused. */
function startOnCluster({ settings = {}, clock, random, wrapPorts }: StartOptions): Promise<ClusterPlaza> {
  if (clock !== undefined || random !== undefined || wrapPorts !== undefined)
    throw new Error('A cluster of processes has its own clock, randomness and ports: name this test in left-out.ts.');
  const { calls: _, ...others } = { rateLimits: 'off', ...settings };
  const texts = Object.entries(others).map(([name, value]) => [environmentName(name), String(value)]);
  return startClusterPlaza(Object.fromEntries(texts));
}
