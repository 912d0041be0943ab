import { checkMigrations } from '#ports/relational/migrations.ts';
import type { Migrations } from '#ports/relational/port.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';

const APPLIED = `CREATE TABLE IF NOT EXISTS plaza_migrations (
  service TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (service, name)
) STRICT, WITHOUT ROWID`;

/**
 * Applies what is missing, in the order of names, each migration all or none together with the note that it was applied. Two programs that start
 * at once cannot both apply one: the note is inserted first and its key is unique.
 */
export async function migrateSqlite(file: SqliteFile, service: string, migrations: Migrations): Promise<void> {
  await file.define(APPLIED);
  const applied = file
    .read<{ name: string }>('SELECT name FROM plaza_migrations WHERE service = ? ORDER BY name', [service])
    .map((row) => row.name);
  for (const name of checkMigrations(service, migrations, applied)) {
    await file.write([
      { sql: 'INSERT INTO plaza_migrations (service, name) VALUES (?, ?)', parameters: [service, name], expect: 1 },
      ...migrations[name]!.map((sql) => ({ sql: inSqlite(sql), parameters: [] })),
    ]);
  }
}

/** Types are checked in every table, and whole numbers of any width are SQLite's INTEGER. */
function inSqlite(sql: string): string {
  if (!/^\s*(create|alter)\s+table\b/i.test(sql)) return sql;
  const typed = sql.replace(/\b(bigint|smallint)\b/gi, 'INTEGER').replace(/[\s;]+$/, '');
  if (!/^\s*create\b/i.test(sql) || /\bstrict\b[^()]*$/i.test(typed)) return typed;
  return /\bwithout\s+rowid$/i.test(typed) ? `${typed}, STRICT` : `${typed} STRICT`;
}
