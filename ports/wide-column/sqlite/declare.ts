import type { SqliteFile } from '#ports/sqlite/port.ts';
import { WideColumnRefusal } from '../checks.ts';
import type { ColumnType, WideTable } from '../table.ts';
import { addColumn, createTable } from './statements.ts';

const SHAPES = `CREATE TABLE IF NOT EXISTS plaza_wide_tables (
  name TEXT NOT NULL PRIMARY KEY,
  shape TEXT NOT NULL
) STRICT, WITHOUT ROWID`;

/** What of a declaration is in the file. */
interface Shape {
  readonly partition: WideTable['partition'];
  readonly clustering: WideTable['clustering'];
  readonly columns: Record<string, ColumnType>;
}

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
  const { partition, clustering, columns } = table;
  await file.write([
    ...createTable(table).map((sql) => ({ sql, parameters: [] })),
    {
      sql: 'INSERT INTO plaza_wide_tables (name, shape) VALUES (?, ?)',
      parameters: [table.name, JSON.stringify({ partition, clustering, columns })],
    },
  ]);
}

async function extend(file: SqliteFile, table: WideTable, shape: Shape): Promise<void> {
  if (JSON.stringify([table.partition, table.clustering]) !== JSON.stringify([shape.partition, shape.clustering])) {
    throw new WideColumnRefusal(
      table.name,
      'its key cannot change; declare a table with another name and move the rows.',
    );
  }
  const added: [string, ColumnType][] = [];
  for (const [name, type] of Object.entries(table.columns)) {
    const before = shape.columns[name];
    if (before === undefined) {
      if (!type.endsWith('?')) {
        throw new WideColumnRefusal(table.name, `rows without "${name}" exist; declare the new column as '${type}?'.`);
      }
      added.push([name, type]);
    } else if (before.replace('?', '') !== type.replace('?', '')) {
      throw new WideColumnRefusal(
        table.name,
        `"${name}" holds ${before} and cannot become ${type}; add another column.`,
      );
    } else if (before.endsWith('?') && !type.endsWith('?')) {
      throw new WideColumnRefusal(table.name, `rows with null in "${name}" may exist; leave it '${before}'.`);
    }
  }
  const columns = { ...shape.columns, ...table.columns };
  if (JSON.stringify(columns) === JSON.stringify(shape.columns)) return;
  await file.write([
    ...added.map(([name, type]) => ({ sql: addColumn(table, name, type), parameters: [] })),
    {
      sql: 'UPDATE plaza_wide_tables SET shape = ? WHERE name = ?',
      parameters: [JSON.stringify({ ...shape, columns }), table.name],
      expect: 1,
    },
  ]);
}
