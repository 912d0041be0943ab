import type { WideColumn } from './port.ts';

/** The methods of a store, so that tests can replace some. */
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
