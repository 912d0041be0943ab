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

/** A schema of its own on a server: as good as an empty database, and made in a moment. */
export async function emptySchema(url = testPostgresUrl()): Promise<string> {
  const name = `test_${process.pid}_${systemRandom.bytes(4).toString('hex')}_${schemas++}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE SCHEMA ${name}`);
  } finally {
    await client.end();
  }
  const within = new URL(url);
  within.searchParams.set('options', `-c search_path=${name}`);
  return within.href;
}

/** The relational port on an empty schema of the tests' server. */
export async function openTestPostgres(options: Partial<PostgresOptions> = {}): Promise<Relational> {
  return openPostgres({
    url: await emptySchema(),
    clock: systemClock,
    random: systemRandom,
    log: createLog('silent'),
    ...options,
  });
}
