import type { SqliteFile } from '#ports/sqlite/port.ts';
import { growthOf, type Shape, shapeOf } from '../shape.ts';
import type { WideTable } from '../table.ts';
import { addColumn, createTable } from './statements.ts';

const SHAPES = `CREATE TABLE IF NOT EXISTS plaza_wide_tables (
  name TEXT NOT NULL PRIMARY KEY,
  shape TEXT NOT NULL
) STRICT, WITHOUT ROWID`;

/** Makes the tables that are missing and adds the columns that are new. Refuses every other change: its rows are there already. */
export async function declareTables(file: SqliteFile, tables: readonly WideTable[]): Promise<void> {
  if (tables.length === 0) return;
  await file.define(SHAPES);
  for (const table of tables) {
    const [known] = file.read<{ shape: string }>('SELECT shape FROM plaza_wide_tables WHERE name = ?', [table.name]);
    if (known === undefined) await createNew(file, table);
    else await extend(file, table, JSON.parse(known.shape) as Shape);
  }
}

async function createNew(file: SqliteFile, table: WideTable): Promise<void> {
  await file.write([
    ...createTable(table).map((sql) => ({ sql, parameters: [] })),
    {
      sql: 'INSERT INTO plaza_wide_tables (name, shape) VALUES (?, ?)',
      parameters: [table.name, JSON.stringify(shapeOf(table))],
    },
  ]);
}

async function extend(file: SqliteFile, table: WideTable, shape: Shape): Promise<void> {
  const { added, shape: after, isChange } = growthOf(table, shape);
  if (!isChange) return;
  await file.write([
    ...added.map(([name, type]) => ({ sql: addColumn(table, name, type), parameters: [] })),
    {
      sql: 'UPDATE plaza_wide_tables SET shape = ? WHERE name = ?',
      parameters: [JSON.stringify(after), table.name],
      expect: 1,
    },
  ]);
}
