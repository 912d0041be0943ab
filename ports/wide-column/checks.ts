import type { Mutation, Range } from './port.ts';
import {
  FINAL_VERSION,
  MAX_KEYS_PER_READ,
  MAX_MUTATIONS_PER_ATOMIC_WRITE,
  MAX_MUTATIONS_PER_WRITE,
  MAX_RANGE_ROWS,
} from './port.ts';
import { MAX_PARTITIONS_PER_PAGE } from './store.ts';
import { type BaseType, type WideTable, wideTable } from './table.ts';

/** Raised for a call that CQL would refuse, or that would not mean the same in every twin. The message says the mend. */
export class WideColumnRefusal extends Error {
  constructor(table: string, mend: string) {
    super(`${table}: ${mend}`);
    this.name = 'WideColumnRefusal';
  }
}

/** Twenty years: the longest time to live that CQL takes. */
export const MAX_TTL_SECONDS = 630_720_000;
/** A key is an address, not content. */
export const MAX_KEY_TEXT_LENGTH = 1_024;

const ID = /^(?:0|[1-9][0-9]{0,18})$/;
const MAX_ID = '9223372036854775807';

type Row = Readonly<Record<string, unknown>>;

/** Refuses what does not fit a column. `null` is the caller's question. */
export function checkValue(table: WideTable, column: string, type: BaseType, value: unknown): void {
  switch (type) {
    case 'id':
      if (typeof value === 'string' && ID.test(value) && (value.length < MAX_ID.length || value <= MAX_ID)) return;
      throw new WideColumnRefusal(table.name, `"${column}" is an id: decimal text from 0 to ${MAX_ID}.`);
    case 'text':
      if (typeof value === 'string' && value.isWellFormed()) return;
      throw new WideColumnRefusal(table.name, `"${column}" is text without lone surrogates.`);
    case 'int':
      if (Number.isSafeInteger(value)) return;
      throw new WideColumnRefusal(table.name, `"${column}" is a whole number within 2^53.`);
    case 'float':
      if (Number.isFinite(value)) return;
      throw new WideColumnRefusal(table.name, `"${column}" is a finite number.`);
    case 'boolean':
      if (typeof value === 'boolean') return;
      throw new WideColumnRefusal(table.name, `"${column}" is true or false.`);
    case 'json':
      if (value !== undefined && typeof value !== 'function' && typeof value !== 'symbol') return;
      throw new WideColumnRefusal(table.name, `"${column}" is a JSON value; write null for none.`);
  }
}

/** Refuses what a put may not have in a column. */
export function checkColumn(table: WideTable, column: string, type: BaseType, nullable: boolean, value: unknown): void {
  if (value === undefined) {
    throw new WideColumnRefusal(
      table.name,
      `a put writes the whole row, and "${column}" is missing; give it${nullable ? ' (null for none)' : ''}.`,
    );
  }
  if (value === null) {
    if (nullable) return;
    if (type !== 'json') throw new WideColumnRefusal(table.name, `"${column}" may not be null.`);
  }
  checkValue(table, column, type, value);
}

/** Refuses what cannot be part of a key. */
export function checkKeyValue(table: WideTable, column: string, type: BaseType, value: unknown): void {
  if (value === null || value === undefined) {
    throw new WideColumnRefusal(table.name, `give "${column}": it is part of the key and may not be missing or null.`);
  }
  checkValue(table, column, type, value);
  if (type !== 'text') return;
  const text = value as string;
  if (text.length > MAX_KEY_TEXT_LENGTH || text.includes('\0')) {
    throw new WideColumnRefusal(
      table.name,
      `"${column}" is part of the key: at most ${MAX_KEY_TEXT_LENGTH} characters, without U+0000.`,
    );
  }
  if (text === '' && column in table.partition) {
    throw new WideColumnRefusal(table.name, `"${column}" is part of the partition key and may not be empty.`);
  }
}

/** Refuses columns that are not declared. `known`: how many of the row's columns were found. */
export function checkNoMore(table: WideTable, row: Row, known: number, allowed: (column: string) => boolean): void {
  const names = Object.keys(row);
  if (names.length === known) return;
  const stranger = names.find((name) => !allowed(name));
  if (stranger !== undefined) {
    throw new WideColumnRefusal(table.name, `"${stranger}" does not belong here; declare it or leave it out.`);
  }
}

export function checkVersion({ table, version }: Mutation): void {
  if (Number.isSafeInteger(version) && version >= 1) return;
  throw new WideColumnRefusal(table.name, `a version is a whole number from 1 to ${FINAL_VERSION}, not ${version}.`);
}

export function checkTtl({ table, kind, ttlSeconds }: Mutation): void {
  if (ttlSeconds === undefined) return;
  if (kind === 'remove') throw new WideColumnRefusal(table.name, 'a removal has no time to live; leave it out.');
  checkTtlSeconds(table, ttlSeconds);
}

function checkTtlSeconds(table: WideTable, ttlSeconds: number): void {
  if (Number.isInteger(ttlSeconds) && ttlSeconds >= 1 && ttlSeconds <= MAX_TTL_SECONDS) return;
  throw new WideColumnRefusal(table.name, `a time to live is a whole number of seconds from 1 to ${MAX_TTL_SECONDS}.`);
}

/** Refuses a declaration that CQL would refuse. */
export function checkTable(table: WideTable): void {
  wideTable(table);
  if (table.ttlSeconds !== undefined) checkTtlSeconds(table, table.ttlSeconds);
}

/** Refuses writes that are too large, and atomic ones over two tiers. */
export function checkWrite(mutations: readonly Mutation[], atomic: boolean): void {
  const name = mutations[0]?.table.name ?? 'write';
  const limit = atomic ? MAX_MUTATIONS_PER_ATOMIC_WRITE : MAX_MUTATIONS_PER_WRITE;
  if (mutations.length > limit) {
    throw new WideColumnRefusal(
      name,
      `${mutations.length} mutations in one ${atomic ? 'atomic ' : ''}write; split it into writes of at most ${limit}.`,
    );
  }
  if (!atomic) return;
  const other = mutations.find((mutation) => mutation.table.tier !== mutations[0]!.table.tier);
  if (other !== undefined) {
    throw new WideColumnRefusal(
      name,
      `an atomic write stays in one tier, and "${other.table.name}" is in another; write to core, and let a consumer of its event write to derived.`,
    );
  }
}

export function checkPageLimit(table: WideTable, limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PARTITIONS_PER_PAGE) return;
  throw new WideColumnRefusal(
    table.name,
    `a page of partitions needs a limit from 1 to ${MAX_PARTITIONS_PER_PAGE}, not ${limit}.`,
  );
}

/** Refuses to read versions where servers have none. */
export function checkHasVersions(table: WideTable): void {
  if (Object.keys(table.columns).length > 0) return;
  throw new WideColumnRefusal(table.name, 'rows that are all key have no version that can be read; give it a column.');
}

export function checkKeyCount(table: WideTable, keys: readonly unknown[]): void {
  if (keys.length <= MAX_KEYS_PER_READ) return;
  throw new WideColumnRefusal(table.name, `${keys.length} keys; read at most ${MAX_KEYS_PER_READ} at once.`);
}

/** What a range asks for, checked: values of the leading clustering columns, then bounds on `column`, the first free one. */
export interface CheckedRange {
  readonly prefix: readonly unknown[];
  readonly lower: { readonly op: '>' | '>='; readonly value: unknown } | undefined;
  readonly upper: { readonly op: '<' | '<='; readonly value: unknown } | undefined;
}

export function checkRange(table: WideTable, range: Range): CheckedRange {
  if (!Number.isInteger(range.limit) || range.limit < 1 || range.limit > MAX_RANGE_ROWS) {
    throw new WideColumnRefusal(table.name, `a range needs a limit from 1 to ${MAX_RANGE_ROWS}, not ${range.limit}.`);
  }
  const clustering = Object.entries(table.clustering);
  const prefix = range.prefix ?? {};
  const given = Object.keys(prefix).length;
  const values: unknown[] = [];
  for (const [column, { type }] of clustering.slice(0, given)) {
    if (!(column in prefix)) {
      const leading = clustering.slice(0, given).map(([name]) => name);
      throw new WideColumnRefusal(
        table.name,
        `a prefix names the leading clustering columns (${leading.join(', ')}) without a gap; declare a table in the order that you read.`,
      );
    }
    checkKeyValue(table, column, type, prefix[column]);
    values.push(prefix[column]);
  }
  checkNoMore(table, prefix, values.length, (column) => column in table.clustering);
  const lower = bound(table, '>', range.gt, '>=', range.gte);
  const upper = bound(table, '<', range.lt, '<=', range.lte);
  const free = clustering[given];
  for (const { value } of [lower, upper].filter((side) => side !== undefined)) {
    if (free === undefined) {
      throw new WideColumnRefusal(table.name, 'bounds need a clustering column that the prefix leaves free.');
    }
    checkKeyValue(table, free[0], free[1].type, value);
  }
  return { prefix: values, lower, upper };
}

function bound<Open extends string, Closed extends string>(
  table: WideTable,
  open: Open,
  openValue: unknown,
  closed: Closed,
  closedValue: unknown,
): { readonly op: Open | Closed; readonly value: unknown } | undefined {
  if (openValue !== undefined && closedValue !== undefined) {
    throw new WideColumnRefusal(table.name, `a range has "${open}" or "${closed}", not both.`);
  }
  if (openValue !== undefined) return { op: open, value: openValue };
  if (closedValue !== undefined) return { op: closed, value: closedValue };
  return undefined;
}
