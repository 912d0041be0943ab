import { WideColumnRefusal } from './checks.ts';
import type { ColumnType, WideTable } from './table.ts';

/** What a store remembers of a table's declaration. */
export interface Shape {
  readonly partition: WideTable['partition'];
  readonly clustering: WideTable['clustering'];
  readonly columns: Readonly<Record<string, ColumnType>>;
}

export function shapeOf({ partition, clustering, columns }: WideTable): Shape {
  return { partition, clustering, columns };
}

/** What changes when a declaration meets rows of an earlier one. */
export interface Growth {
  readonly added: readonly (readonly [name: string, type: ColumnType])[];
  /** As it is afterwards: columns that are no longer declared stay. */
  readonly shape: Shape;
  readonly isChange: boolean;
}

/**
 * A table may gain columns that may be null, and let a column be null.
 * @throws WideColumnRefusal for every other change: its rows are there already
 */
export function growthOf(table: WideTable, before: Shape): Growth {
  if (JSON.stringify([table.partition, table.clustering]) !== JSON.stringify([before.partition, before.clustering])) {
    throw new WideColumnRefusal(
      table.name,
      'its key cannot change; declare a table with another name and move the rows.',
    );
  }
  const added: [string, ColumnType][] = [];
  for (const [name, type] of Object.entries(table.columns)) {
    const known = before.columns[name];
    if (known === undefined) {
      if (!type.endsWith('?')) {
        throw new WideColumnRefusal(table.name, `rows without "${name}" exist; declare the new column as '${type}?'.`);
      }
      added.push([name, type]);
    } else if (known.replace('?', '') !== type.replace('?', '')) {
      throw new WideColumnRefusal(
        table.name,
        `"${name}" holds ${known} and cannot become ${type}; add another column.`,
      );
    } else if (known.endsWith('?') && !type.endsWith('?')) {
      throw new WideColumnRefusal(table.name, `rows with null in "${name}" may exist; leave it '${known}'.`);
    }
  }
  const columns = { ...before.columns, ...table.columns };
  const isChange = JSON.stringify(columns) !== JSON.stringify(before.columns);
  return { added, shape: { ...before, columns }, isChange };
}
