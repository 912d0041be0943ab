import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBasePort } from '#engines/free-base-port.ts';
import { findPostgres } from '#engines/postgres/find-postgres.ts';
import { postgresEngine, postgresUrls } from '#engines/postgres/postgres-engine.ts';
import type { Environment, Outcome } from './requirements.ts';
import { startEngine } from './start-engine.ts';

/**
 * One PostgreSQL for all tests that need no more; its address is in `PLAZA_TEST_POSTGRES_URL`, and each test makes schemas of its own in it. A server that is
 * named there already is used as it is. Tests of failures start their own.
 */
export async function postgresServer(_root: string, env: Environment): Promise<Outcome> {
  const named = env.PLAZA_TEST_POSTGRES_URL || undefined;
  if (named !== undefined) return { env: { PLAZA_TEST_POSTGRES_URL: named } };
  if (findPostgres(env) === undefined) return { missing: 'needs PostgreSQL: apt-get install postgresql' };
  const folder = mkdtempSync(join(tmpdir(), 'plaza-postgres-'));
  const options = { folder, basePort: await freeBasePort(1), replicas: 0 };
  const stop = await startEngine(postgresEngine(options), folder);
  return { env: { PLAZA_TEST_POSTGRES_URL: postgresUrls(options).primary }, stop };
}
