import { createHash } from 'node:crypto';
import { type Shape, shapeOf } from '../shape.ts';
import type { ColumnType, WideTable } from '../table.ts';
import { cqlType, quote, ROW_COLUMN, typeName } from './names.ts';

/** Durable writes on replicas by data centre. */
export function createKeyspace(keyspace: string, replication: Readonly<Record<string, number>>): string {
  const replicas = Object.entries(replication).map(([name, count]) => `, '${name}': ${count}`);
  return `CREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH replication = {'class': 'NetworkTopologyStrategy'${replicas.join('')}}`;
}

/**
 * Makes one table, in order. All columns but the key stand in one frozen value, which CQL replaces as a whole: rows of two writes never mix, null leaves no
 * tombstone, and there is one timestamp to compare.
 */
export function createTable(keyspace: string, table: WideTable): string[] {
  const columns = Object.entries(table.columns);
  const fields = columns.map(([name, type]) => `${quote(name)} ${cqlType(type)}`);
  const clustering = Object.entries(table.clustering);
  const partition = Object.keys(table.partition).map(quote).join(', ');
  const key = [`(${partition})`, ...clustering.map(([name]) => quote(name))].join(', ');
  const lines = [
    ...Object.entries(table.partition).map(([name, type]) => `${quote(name)} ${cqlType(type)}`),
    ...clustering.map(([name, { type }]) => `${quote(name)} ${cqlType(type)}`),
    ...(columns.length === 0 ? [] : [rowColumn(keyspace, table)]),
    `PRIMARY KEY (${key})`,
  ];
  const order = clustering.map(([name, { order }]) => `${quote(name)} ${order.toUpperCase()}`);
  const options = [
    ...(order.length === 0 ? [] : [`CLUSTERING ORDER BY (${order.join(', ')})`]),
    `comment = '${comment(shapeOf(table))}'`,
    `ID = ${tableId(keyspace, table.name)}`,
  ];
  return [
    ...(columns.length === 0 ? [] : [createType(keyspace, table, fields)]),
    `CREATE TABLE IF NOT EXISTS ${keyspace}.${quote(table.name)} (\n  ${lines.join(',\n  ')}\n) WITH ${options.join('\n  AND ')}`,
  ];
}

/** Adds a field to the type of a table's rows. Rows without it have null there. */
export function addField(keyspace: string, table: WideTable, name: string, type: ColumnType): string {
  return `ALTER TYPE ${keyspace}.${typeName(table)} ADD ${quote(name)} ${cqlType(type)}`;
}

/** For a table that had no columns until now. */
export function addRowColumn(keyspace: string, table: WideTable): string[] {
  const fields = Object.entries(table.columns).map(([name, type]) => `${quote(name)} ${cqlType(type)}`);
  return [
    createType(keyspace, table, fields),
    `ALTER TABLE ${keyspace}.${quote(table.name)} ADD ${rowColumn(keyspace, table)}`,
  ];
}

export function noteShape(keyspace: string, table: WideTable, shape: Shape): string {
  return `ALTER TABLE ${keyspace}.${quote(table.name)} WITH comment = '${comment(shape)}'`;
}

/** The declaration as the comment of the table: CQL's types do not say what is an id, what is JSON and what may be null. */
function comment(shape: Shape): string {
  return JSON.stringify(shape);
}

/**
 * Named by the table alone. Servers give a new table a random id, so that two processes that create it at once leave it with two, and its
 * nodes at odds about which of them holds the rows.
 */
export function tableId(keyspace: string, name: string): string {
  const hex = createHash('sha256').update(`${keyspace}.${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function createType(keyspace: string, table: WideTable, fields: readonly string[]): string {
  return `CREATE TYPE IF NOT EXISTS ${keyspace}.${typeName(table)} (\n  ${fields.join(',\n  ')}\n)`;
}

function rowColumn(keyspace: string, table: WideTable): string {
  return `${ROW_COLUMN} frozen<${keyspace}.${typeName(table)}>`;
}
