import type { ConnectionOptions } from 'node:tls';
import type { PoolConfig } from 'pg';
import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';

/** PEM texts. With it, or with `sslmode=require` in the URL, the server's certificate is always verified: by `ca`, else by the system's authorities. */
export interface PostgresTls {
  readonly ca?: string | undefined;
  /** Certificate and key of this client, where the server asks for them. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface PostgresTimes {
  /** Until a connection stands. */
  readonly connectMs: number;
  /** Until a statement is given up, by the server itself. A little later the connection is given up as well. */
  readonly statementMs: number;
  /** Until a free connection is found. */
  readonly queueMs: number;
  /** How often servers are looked at. */
  readonly lookMs: number;
  /** A replica that is further behind is not read from. */
  readonly maxLagMs: number;
}

export interface PostgresOptions {
  /**
   * `postgres://user:password@host:port/database`, with the parameters `sslmode` (`disable`, `require`, `verify-full`), `options` and `application_name`.
   * The password of replicas is theirs.
   */
  readonly url: string;
  readonly replicaUrls?: readonly string[];
  readonly tls?: PostgresTls | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
  /** Connections to each server. */
  readonly poolSize?: number;
  readonly times?: Partial<PostgresTimes>;
}

/** A service call has five seconds: the failure must be told within them. */
export const TIMES: PostgresTimes = {
  connectMs: 2_000,
  statementMs: 3_500,
  queueMs: 3_500,
  lookMs: 250,
  maxLagMs: 5_000,
};

/** Of a replica: whoever waits for it in vain still has to ask the primary. */
export const REPLICA_TIMES = { connectMs: 1_000, statementMs: 1_000, queueMs: 500 } as const;

/** Beyond the statement's own time, for the way there and back. */
const ANSWER_MARGIN_MS = 300;

const PARAMETERS = new Set(['sslmode', 'options', 'application_name']);

/** Where a server is, with everything that the driver needs. `place` is fit for logs. */
export interface Target {
  readonly place: string;
  readonly config: PoolConfig;
}

/**
 * @throws Error that says what is wrong with the URL without repeating it: it holds a password
 */
export function targetOf(text: string, tls: PostgresTls | undefined, times: PostgresTimes): Target {
  const url = parsed(text);
  const place = `${url.hostname}:${url.port || '5432'}${url.pathname}`;
  for (const name of url.searchParams.keys()) {
    if (!PARAMETERS.has(name)) {
      throw new Error(`The address of ${place} has a parameter "${name}"; it may have ${[...PARAMETERS].join(', ')}.`);
    }
  }
  const config: PoolConfig & { pipeline: boolean } = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    application_name: url.searchParams.get('application_name') ?? 'plaza',
    ssl: encryption(url.searchParams.get('sslmode'), tls, place),
    connectionTimeoutMillis: times.connectMs,
    statement_timeout: times.statementMs,
    lock_timeout: times.statementMs,
    idle_in_transaction_session_timeout: times.statementMs * 2,
    query_timeout: times.statementMs + ANSWER_MARGIN_MS,
    keepAlive: true,
    pipeline: true,
    idleTimeoutMillis: 60_000,
  };
  const settings = url.searchParams.get('options');
  if (settings !== null) config.options = settings;
  return { place, config };
}

function parsed(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The parser's own error would show the whole text.
    throw new Error('The address of PostgreSQL is no URL; give postgres://user:password@host:port/database.');
  }
  if (!/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '' || url.username === '' || url.pathname.length < 2) {
    throw new Error('The address of PostgreSQL is incomplete; give postgres://user:password@host:port/database.');
  }
  return url;
}

function encryption(mode: string | null, tls: PostgresTls | undefined, place: string): ConnectionOptions | false {
  if (mode !== null && !['disable', 'require', 'verify-full'].includes(mode)) {
    throw new Error(`The address of ${place} has an unknown sslmode; give disable, require or verify-full.`);
  }
  const { ca, cert, key } = tls ?? {};
  const given = ca !== undefined || cert !== undefined || key !== undefined;
  if (mode === 'disable' && given) {
    throw new Error(`The address of ${place} says sslmode=disable, but certificates are set; take one of them away.`);
  }
  if (!given && (mode === null || mode === 'disable')) return false;
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
