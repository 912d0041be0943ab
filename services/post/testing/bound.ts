import type { WideColumn } from '#ports/wide-column/port.ts';

/** The methods of a port, so that some can be replaced. */
export function bound(wide: WideColumn): WideColumn {
  return {
    declare: (tables) => wide.declare(tables),
    get: (table, key) => wide.get(table, key),
    getMany: (table, keys) => wide.getMany(table, keys),
    range: (table, partition, range) => wide.range(table, partition, range),
    write: (mutations, options) => wide.write(mutations, options),
    dropPartition: (table, partition) => wide.dropPartition(table, partition),
    close: () => wide.close(),
  };
}
