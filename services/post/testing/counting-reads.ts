import type { WideColumn } from '#ports/wide-column/port.ts';

/** Reads that reach the tables, by the name of the table, of keys that hold one id. */
export interface CountedReads {
  readonly byTable: Readonly<Record<string, number>>;
  readonly total: number;
}

/** The same tables, with a count of the reads that concern an id. */
export function countingReads(wide: WideColumn): WideColumn & { readsOf(id: string): CountedReads } {
  const reads: { readonly table: string; readonly key: string }[] = [];
  const note = (table: string, keys: readonly object[]) => reads.push({ table, key: JSON.stringify(keys) });
  return {
    declare: (tables) => wide.declare(tables),
    get(table, key) {
      note(table.name, [key]);
      return wide.get(table, key);
    },
    getMany(table, keys) {
      note(table.name, keys);
      return wide.getMany(table, keys);
    },
    range(table, partition, range) {
      note(table.name, [partition]);
      return wide.range(table, partition, range);
    },
    write: (mutations, options) => wide.write(mutations, options),
    dropPartition: (table, partition) => wide.dropPartition(table, partition),
    close: () => wide.close(),
    readsOf(id) {
      const byTable: Record<string, number> = {};
      const concerned = reads.filter(({ key }) => key.includes(`"${id}"`));
      for (const { table } of concerned) byTable[table] = (byTable[table] ?? 0) + 1;
      return { byTable, total: concerned.length };
    },
  };
}
