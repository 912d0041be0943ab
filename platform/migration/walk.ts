import { MAX_RANGE_ROWS, type Range } from '#ports/wide-column/port.ts';
import type { VersionedRow, WideColumnStore } from '#ports/wide-column/store.ts';
import type { WideTable } from '#ports/wide-column/table.ts';
import { partitionOf } from './definition.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows of one read of a large partition. */
const ROWS_PER_PAGE = 500;

/**
 * All rows of a partition, in pages. A page ends where the first clustering column changes, unless more rows share one value of it than one read can give; those are
 * then read by the next column.
 */
export async function* pagesOf(
  wide: WideColumnStore,
  table: WideTable,
  partition: Row,
  prefix: Row = {},
): AsyncGenerator<VersionedRow[]> {
  const columns = Object.entries(table.clustering);
  const free = columns[Object.keys(prefix).length];
  if (free === undefined) {
    const rows = await wide.rangeVersions(table, partition as never, {
      prefix: prefix as Range['prefix'] & {},
      limit: 1,
    });
    if (rows.length > 0) yield rows;
    return;
  }
  const [name, { order }] = free;
  const isLastColumn = Object.keys(prefix).length === columns.length - 1;
  let bound: Partial<Range> = {};
  for (;;) {
    const range = {
      ...bound,
      prefix: prefix as Range['prefix'] & {},
      limit: isLastColumn ? ROWS_PER_PAGE : MAX_RANGE_ROWS,
    };
    const rows = await wide.rangeVersions(table, partition as never, range);
    if (rows.length < range.limit) {
      if (rows.length > 0) yield rows;
      return;
    }
    const valueIn = ({ row }: VersionedRow) => (row as Row)[name] as string | number;
    let last = valueIn(rows.at(-1)!);
    if (isLastColumn) yield rows;
    else {
      const whole = rows.filter((row) => valueIn(row) !== last);
      if (whole.length > 0) {
        yield whole;
        last = valueIn(whole.at(-1)!);
      } else yield* pagesOf(wide, table, partition, { ...prefix, [name]: last });
    }
    bound = order === 'asc' ? { gt: last } : { lt: last };
  }
}

/** One row with its version. */
export async function rowAt(wide: WideColumnStore, table: WideTable, key: Row): Promise<VersionedRow | undefined> {
  const prefix = Object.fromEntries(Object.keys(table.clustering).map((name) => [name, key[name] as string | number]));
  const [row] = await wide.rangeVersions(table, partitionOf(table, key), { prefix, limit: 1 });
  return row;
}
