import type { Range, WideColumn } from '#ports/wide-column/port.ts';
import type { KeyType, WideTable } from '#ports/wide-column/table.ts';
import type { TableMigration } from './definition.ts';

type Row = Readonly<Record<string, unknown>>;

/** A slice of the old form, read from the new one: the same slice of each partition that may hold some of it, merged in clustering order. */
export async function readSlice(
  wide: WideColumn,
  migration: TableMigration,
  partition: Row,
  range: Range,
): Promise<Row[]> {
  const partitions = await migration.partitionsOf(wide, partition as never, range);
  const pieces = await Promise.all(partitions.map((one) => wide.range(migration.to, one as never, range)));
  const rows = pieces.length === 1 ? (pieces[0] as Row[]) : (pieces.flat() as Row[]).sort(inOrder(migration.to, range));
  return rows.slice(0, range.limit).map((row) => migration.fromRow(row as never) as Row);
}

function inOrder(table: WideTable, { reverse }: Range): (a: Row, b: Row) => number {
  const columns = Object.entries(table.clustering);
  return (a, b) => {
    for (const [name, { type, order }] of columns) {
      const compared = compare(type, a[name], b[name]);
      if (compared !== 0) return (order === 'asc') === (reverse === true) ? -compared : compared;
    }
    return 0;
  };
}

/** As both twins order: ids and whole numbers by number, text by its UTF-8 bytes. */
function compare(type: KeyType, a: unknown, b: unknown): number {
  if (type === 'int') return (a as number) - (b as number);
  if (type === 'text') return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string));
  const [left, right] = [BigInt(a as string), BigInt(b as string)];
  return left < right ? -1 : left > right ? 1 : 0;
}
