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

let schemas = 0;

export interface Schema {
  /** In it, everything goes into the schema. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A schema of its own on a server: as good as an empty database, and made in a moment. */
export async function emptySchema(server = testPostgresUrl()): Promise<Schema> {
  const name = `test_${process.pid}_${systemRandom.bytes(4).toString('hex')}_${schemas++}`;
  await onServer(server, `CREATE SCHEMA ${name}`);
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${name}`);
  return {
    url: url.href,
    async drop() {
      await onServer(server, `DROP SCHEMA ${name} CASCADE`);
    },
  };
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

/** The relational port on a server of the tests. */
export function openTestPostgres(options: Partial<PostgresOptions> & { readonly url: string }): Promise<Relational> {
  return openPostgres({ clock: systemClock, random: systemRandom, log: createLog('silent'), ...options });
}
