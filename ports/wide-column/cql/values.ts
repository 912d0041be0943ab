import { checkColumn, checkKeyValue, checkNoMore, checkTtl, checkVersion } from '../checks.ts';
import { type Column, columnsOf } from '../columns.ts';
import type { Mutation } from '../port.ts';
import type { BaseType, WideTable } from '../table.ts';

type Row = Readonly<Record<string, unknown>>;

/** All versions lie below 2^53: this much below zero they are timestamps that no server takes for a time in the future. */
const VERSIONS = 2n ** 53n;

/**
 * The CQL timestamp of a version: in the order of versions, and never in the future, which a server may refuse: as if it were written between 1684 and
 * 1970. At a tie a removal wins in CQL too, and of two puts one, as a whole.
 */
export function timestampOf(version: number): bigint {
  return BigInt(version) - VERSIONS;
}

/** The version that a timestamp stands for. */
export function versionOf(timestamp: bigint): number {
  return Number(timestamp + VERSIONS);
}

/** Turns rows of one table into checked parameters and back. Numbers of 64 bits travel as BigInt, so that ids keep every digit. */
export class CqlCodec {
  readonly table: WideTable;
  readonly partition: readonly Column[];
  readonly key: readonly Column[];
  readonly columns: readonly Column[];

  constructor(table: WideTable) {
    this.table = table;
    const { partition, key, columns } = columnsOf(table);
    this.partition = partition;
    this.key = key;
    this.columns = columns;
  }

  keyOf(row: Row): unknown[] {
    const values = this.#keyColumns(this.key, row);
    checkNoMore(this.table, row, values.length, (name) => this.key.some((column) => column.name === name));
    return values;
  }

  partitionOf(row: Row): unknown[] {
    const values = this.#keyColumns(this.partition, row);
    checkNoMore(this.table, row, values.length, (name) => name in this.table.partition);
    return values;
  }

  /** The parameters of a put: key, columns, timestamp, time to live. */
  putOf(mutation: Mutation): unknown[] {
    const { row, version } = mutation;
    checkVersion(mutation);
    checkTtl(mutation);
    const values = this.#keyColumns(this.key, row);
    for (const { name, type, nullable } of this.columns) {
      const value = row[name];
      checkColumn(this.table, name, type, nullable, value);
      values.push(value === null && nullable ? null : encode(type, value));
    }
    checkNoMore(
      this.table,
      row,
      this.key.length + this.columns.length,
      (name) => name in this.table.columns || name in this.table.partition || name in this.table.clustering,
    );
    values.push(timestampOf(version), mutation.ttlSeconds ?? this.table.ttlSeconds ?? 0);
    return values;
  }

  /** The parameters of a removal: timestamp, key. */
  removeOf(mutation: Mutation): unknown[] {
    checkVersion(mutation);
    checkTtl(mutation);
    return [timestampOf(mutation.version), ...this.keyOf(mutation.row)];
  }

  /** A value of a key column, as CQL takes it. */
  keyValue(name: string, value: unknown): unknown {
    return encode(this.key.find((column) => column.name === name)!.type, value);
  }

  toRow(found: Row): Record<string, unknown> {
    const row: Record<string, unknown> = {};
    for (const { name, type } of this.key) row[name] = decode(type, found[name]);
    for (const { name, type } of this.columns) row[name] = decode(type, found[name]);
    return row;
  }

  toPartition(found: Row): Record<string, unknown> {
    return Object.fromEntries(this.partition.map(({ name, type }) => [name, decode(type, found[name])]));
  }

  #keyColumns(columns: readonly Column[], row: Row): unknown[] {
    return columns.map(({ name, type }) => {
      checkKeyValue(this.table, name, type, row[name]);
      return encode(type, row[name]);
    });
  }
}

function encode(type: BaseType, value: unknown): unknown {
  if (type === 'id' || type === 'int') return BigInt(value as string | number);
  if (type === 'json') return JSON.stringify(value);
  return value;
}

function decode(type: BaseType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'id') return String(value);
  if (type === 'int') return Number(value);
  if (type === 'json') return JSON.parse(value as string);
  return value;
}
