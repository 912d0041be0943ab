import { createHash } from 'node:crypto';
import pg from 'pg';
import { systemClock } from '#platform/clock/system-clock.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { PostgresOptions } from './options.ts';
import { openPostgres } from './relational.ts';

/** The server that tests share, which the runner of tests has started. */
export function testPostgresUrl(): string {
  const url = process.env.PLAZA_TEST_POSTGRES_URL;
  if (!url) throw new Error('These tests need PostgreSQL: run them with `npm test -- postgres`.');
  return url;
}

export interface Schema {
  /** In it, everything goes into the schema. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A schema of its own on the tests' server: as good as an empty database, and made in a moment. */
export async function emptySchema(): Promise<Schema> {
  const name = `test_${systemRandom.bytes(8).toString('hex')}`;
  await onServer(testPostgresUrl(), `CREATE SCHEMA ${name}`);
  return {
    url: within(name),
    async drop() {
      await onServer(testPostgresUrl(), `DROP SCHEMA ${name} CASCADE`);
    },
  };
}

/** The URL of the schema that stands for something, made if there is none. */
export async function namedSchema(what: string): Promise<string> {
  const name = `test_${createHash('sha256').update(what).digest('hex').slice(0, 16)}`;
  await onServer(testPostgresUrl(), `CREATE SCHEMA IF NOT EXISTS ${name}`);
  return within(name);
}

function within(schema: string): string {
  const url = new URL(testPostgresUrl());
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

/** One statement on a connection of its own. Gives the rows. */
export async function onServer<R extends object = object>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Somebody else on a server, whose transaction holds what it has locked until it ends. */
export async function lockHolder(url: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  return {
    query: (sql: string) => client.query(sql),
    [Symbol.asyncDispose]: () => client.end(),
  };
}

/** The relational port on a server of the tests. */
export function openTestPostgres(options: Partial<PostgresOptions> & { readonly url: string }): Promise<Relational> {
  return openPostgres({ clock: systemClock, random: systemRandom, log: createLog('silent'), ...options });
}
