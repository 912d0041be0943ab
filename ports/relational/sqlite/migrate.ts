import type { Migrations } from '#ports/relational/port.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';

/** Raised when the data was made by a newer program: it may hold what this one would damage. */
export class NewerDataError extends Error {
  constructor(service: string, names: readonly string[]) {
    super(
      `The data of "${service}" was made by a newer Plaza (it has ${names.join(', ')}). Start that version, or restore the backup made before the upgrade.`,
    );
    this.name = 'NewerDataError';
  }
}

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
  const names = Object.keys(migrations).sort();
  await file.define(APPLIED);
  const applied = new Set(
    file
      .read<{ name: string }>('SELECT name FROM plaza_migrations WHERE service = ? ORDER BY name', [service])
      .map((row) => row.name),
  );
  const unknown = [...applied].filter((name) => !(name in migrations));
  if (unknown.length > 0) throw new NewerDataError(service, unknown);
  const missing = names.filter((name) => !applied.has(name));
  refuseGaps(service, missing, [...applied].at(-1));
  for (const name of missing) {
    for (const sql of migrations[name]!) {
      // Only the first of several would run.
      if (/;\s*\S/.test(sql))
        throw new Error(`Migration "${name}" of "${service}": one statement in each text: ${sql}`);
    }
    await file.write([
      { sql: 'INSERT INTO plaza_migrations (service, name) VALUES (?, ?)', parameters: [service, name], expect: 1 },
      ...migrations[name]!.map((sql) => ({ sql: inSqlite(sql), parameters: [] })),
    ]);
  }
}

/** A migration that sorts before one that was applied would meet tables it does not expect. */
function refuseGaps(service: string, missing: readonly string[], last: string | undefined): void {
  const late = last === undefined ? undefined : missing.find((name) => name < last);
  if (late !== undefined) {
    throw new Error(
      `Migration "${late}" of "${service}" sorts before "${last}", which was applied; give it a later name.`,
    );
  }
}

/** Types are checked in every table, and whole numbers of any width are SQLite's INTEGER. */
function inSqlite(sql: string): string {
  if (!/^\s*(create|alter)\s+table\b/i.test(sql)) return sql;
  const typed = sql.replace(/\b(bigint|smallint)\b/gi, 'INTEGER').replace(/[\s;]+$/, '');
  if (!/^\s*create\b/i.test(sql) || /\bstrict\b[^()]*$/i.test(typed)) return typed;
  return /\bwithout\s+rowid$/i.test(typed) ? `${typed}, STRICT` : `${typed} STRICT`;
}
