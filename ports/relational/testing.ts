import { CompiledQuery } from 'kysely';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import type { Relational } from './port.ts';
import { sqliteRelational } from './sqlite/relational.ts';

/**
 * For tests of services: the relational port on this file or, when `PLAZA_TEST_RELATIONAL` is `postgres`, on a schema of the tests' PostgreSQL that stands
 * for the file: who opens the file again finds what was written, in another process too. To be closed in both cases.
 */
export async function testRelational(file: SqliteFile): Promise<Relational> {
  if (process.env.PLAZA_TEST_RELATIONAL !== 'postgres') return sqliteRelational(file);
  const { namedSchema, openTestPostgres } = await import('./postgres/testing.ts');
  return openTestPostgres({ url: await namedSchema(file.path) });
}

/** Rows of a statement in words, with `?` for its parameters. */
export function readRows<R = Record<string, unknown>>(
  relational: Relational,
  sql: string,
  ...parameters: unknown[]
): Promise<R[]> {
  return relational.query(CompiledQuery.raw(sql, parameters) as CompiledQuery<R>);
}
