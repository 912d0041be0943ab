import { auth, Client, type ClientOptions, policies, types } from 'cassandra-driver';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { CqlAddress, CqlTls } from './address.ts';
import { readFailure, serversAreAway, writeFailure } from './errors.ts';
import { Limiter } from './limiter.ts';
import { OnceMore } from './retry.ts';

export interface SessionOptions {
  readonly address: CqlAddress;
  readonly tls: CqlTls;
  readonly log: Logger;
  readonly metrics: Metrics | undefined;
  readonly requestTimeoutMs: number;
}

export interface Statement {
  readonly query: string;
  readonly params: unknown[];
}

/** Requests of each kind in flight from this process, and how many may wait for one of these places. */
const IN_FLIGHT = 128;
const WAITING = 20_000;
const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MS = { base: 500, most: 10_000 };
const DEFINITION_TIMEOUT_MS = 30_000;
const AGREEMENT_SECONDS = 30;
const { localQuorum, quorum, serial } = types.consistencies;

/** Connections to the servers of one data centre. Reads and writes of rows need a quorum of its replicas, and go straight to one of them. */
export class CqlSession {
  readonly #client: Client;
  readonly #reads = new Limiter(IN_FLIGHT, WAITING);
  readonly #writes = new Limiter(IN_FLIGHT, WAITING);
  readonly #failed: (kind: 'read' | 'write') => void;

  constructor(options: SessionOptions) {
    const { metrics, log } = options;
    const retries = metrics?.counter('plaza_wide_column_retries_total', 'Requests that were sent once more');
    const failures = metrics?.counter('plaza_wide_column_failures_total', 'Requests that servers failed', ['kind']);
    this.#failed = (kind) => failures?.inc({ kind });
    this.#client = new Client(clientOptions(options, () => retries?.inc()));
    this.#client.on('hostDown', (host: { address: string }) =>
      log.warn({ server: host.address }, 'cql: a server is down'),
    );
    this.#client.on('hostUp', (host: { address: string }) => log.info({ server: host.address }, 'cql: a server is up'));
    const lanes = { read: this.#reads, write: this.#writes };
    metrics?.gauge('plaza_wide_column_in_flight', 'Requests under way', ['kind'], (gauge) => {
      for (const [kind, lane] of Object.entries(lanes)) gauge.set({ kind }, lane.inFlight);
    });
    metrics?.gauge('plaza_wide_column_waiting', 'Requests that wait for a place', ['kind'], (gauge) => {
      for (const [kind, lane] of Object.entries(lanes)) gauge.set({ kind }, lane.waiting);
    });
    metrics?.gauge('plaza_wide_column_servers_up', 'Servers of this data centre that can be reached', [], (gauge) =>
      gauge.set(this.#serversUp(options.address.dataCenter)),
    );
  }

  /** @throws PlazaError `unavailable` when no server answers; Error when it does not let this process in */
  async connect(): Promise<void> {
    try {
      await this.#client.connect();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== undefined) throw new Error(`The wide-column store does not let this process in: ${refusal}`);
      throw new PlazaError('unavailable', 'The wide-column store does not answer', { cause: error });
    }
  }

  /** Up to `limit` rows, in pages as the server gives them: it may give less than a page and still have more. */
  async read(query: string, params: unknown[], limit: number): Promise<types.Row[]> {
    const rows: types.Row[] = [];
    let pageState: string | undefined;
    do {
      const page = await this.#reads.run(() => this.#page(query, params, limit - rows.length, pageState));
      rows.push(...page.rows);
      pageState = page.pageState ?? undefined;
    } while (pageState !== undefined && rows.length < limit);
    return rows;
  }

  /** All that a query without end has to give, a page at a time. */
  async *scan(query: string, fetchSize: number): AsyncGenerator<types.Row[]> {
    let pageState: string | undefined;
    do {
      const from = pageState;
      const page = await this.#reads.run(() => this.#page(query, [], fetchSize, from));
      yield page.rows;
      pageState = page.pageState ?? undefined;
    } while (pageState !== undefined);
  }

  write({ query, params }: Statement): Promise<void> {
    return this.#writing(() => this.#client.execute(query, params, { prepare: true, isIdempotent: true }));
  }

  /** `logged`: all or none, over several partitions too. Otherwise all are of one partition, which takes them as one. */
  writeTogether(statements: readonly Statement[], logged: boolean): Promise<void> {
    return this.#writing(() =>
      this.#client.batch([...statements], { prepare: true, isIdempotent: true, logged, consistency: localQuorum }),
    );
  }

  /** Changes or reads definitions. Resolves when all servers that can be reached agree. */
  async define(query: string, params: unknown[] = []): Promise<types.Row[]> {
    const options = {
      prepare: params.length > 0,
      readTimeout: DEFINITION_TIMEOUT_MS,
      consistency: quorum,
      serialConsistency: serial,
    };
    try {
      return (await this.#client.execute(query, params, options)).rows ?? [];
    } catch (error) {
      throw readFailure(error);
    }
  }

  close(): Promise<void> {
    return this.#client.shutdown();
  }

  async #page(query: string, params: unknown[], fetchSize: number, pageState: string | undefined) {
    try {
      const more = pageState === undefined ? {} : { pageState };
      return await this.#client.execute(query, params, { prepare: true, isIdempotent: true, fetchSize, ...more });
    } catch (error) {
      if (serversAreAway(error)) this.#failed('read');
      throw readFailure(error);
    }
  }

  async #writing(work: () => Promise<unknown>): Promise<void> {
    try {
      await this.#writes.run(work);
    } catch (error) {
      if (serversAreAway(error)) this.#failed('write');
      throw writeFailure(error);
    }
  }

  #serversUp(dataCenter: string): number {
    const hosts = this.#client.getState().getConnectedHosts();
    return hosts.filter((host) => host.datacenter === dataCenter && host.isUp()).length;
  }
}

function clientOptions({ address, tls, requestTimeoutMs }: SessionOptions, retried: () => void): ClientOptions {
  const { credentials } = address;
  const { loadBalancing, reconnection, speculativeExecution } = policies;
  return {
    contactPoints: [...address.hosts],
    localDataCenter: address.dataCenter,
    protocolOptions: { port: address.port, maxSchemaAgreementWaitSeconds: AGREEMENT_SECONDS },
    policies: {
      loadBalancing: new loadBalancing.TokenAwarePolicy(new loadBalancing.DCAwareRoundRobinPolicy(address.dataCenter)),
      reconnection: new reconnection.ExponentialReconnectionPolicy(RECONNECT_MS.base, RECONNECT_MS.most, false),
      retry: new OnceMore(retried),
      // A second copy of a slow request would cost most when the servers have least.
      speculativeExecution: new speculativeExecution.NoSpeculativeExecutionPolicy(),
    },
    queryOptions: { consistency: localQuorum, serialConsistency: serial },
    socketOptions: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      readTimeout: requestTimeoutMs,
      defunctReadTimeoutThreshold: 8,
    },
    encoding: { useBigIntAsLong: true },
    ...(credentials === undefined
      ? {}
      : { authProvider: new auth.PlainTextAuthProvider(credentials.username, credentials.password) }),
    ...(address.encrypted ? { sslOptions: { ...tls, rejectUnauthorized: true, minVersion: 'TLSv1.2' } } : {}),
  };
}

/** What a server said that refuses the login. Never the password. */
function refusalOf(error: unknown): string | undefined {
  const inner = (error as { innerErrors?: Record<string, unknown> }).innerErrors ?? { '': error };
  for (const one of Object.values(inner)) {
    const { name, code, message } = one as { name?: string; code?: unknown; message?: string };
    if (name === 'AuthenticationError' || code === types.responseErrorCodes.badCredentials) return message;
  }
  return undefined;
}
