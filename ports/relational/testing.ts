import { after } from 'node:test';
import { CompiledQuery } from 'kysely';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import type { Relational } from './port.ts';
import { sqliteRelational } from './sqlite/relational.ts';

/** Set to `postgres` by the tests that run those of services once more. */
const onPostgres = process.env.PLAZA_TEST_RELATIONAL === 'postgres';

/** Schemas by the files that they stand for: whoever opens a file again finds what was written. */
const schemas = new Map<string, { readonly url: string; drop(): Promise<void> }>();
if (onPostgres) after(() => Promise.all([...schemas.values()].map((schema) => schema.drop())));

/** For tests of services: the relational port on this file, or, on PostgreSQL, on a schema that stands for it. To be closed in both cases. */
export async function testRelational(file: SqliteFile): Promise<Relational> {
  if (!onPostgres) return sqliteRelational(file);
  const { emptySchema, openTestPostgres } = await import('./postgres/testing.ts');
  const schema = schemas.get(file.path) ?? (await emptySchema());
  schemas.set(file.path, schema);
  return openTestPostgres({ url: schema.url });
}

/** Rows of a statement in words, with `?` for its parameters. */
export function readRows<R = Record<string, unknown>>(
  relational: Relational,
  sql: string,
  ...parameters: unknown[]
): Promise<R[]> {
  return relational.query(CompiledQuery.raw(sql, parameters) as CompiledQuery<R>);
}
