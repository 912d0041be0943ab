import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SqlValue } from './port.ts';

/** A statement that was prepared once. Rows come as arrays; `toRow` makes an object of one. */
export interface Prepared {
  readonly statement: StatementSync;
  /** `read` gives rows and changes nothing, `change` gives none, `returning` does both. */
  readonly kind: 'read' | 'change' | 'returning';
  readonly toRow: (values: readonly unknown[]) => Record<string, unknown>;
}

/** Statements per generation; two generations are kept. A program has some hundreds, so that only made-up SQL ever falls out. */
const GENERATION = 500;

/**
 * Prepared statements of one connection by their text. When the young generation is full it becomes the old one, and the old one is
 * forgotten: what is in use moves to the young generation again and stays, at the price of one lookup.
 */
export class StatementCache {
  readonly #db: DatabaseSync;
  #young = new Map<string, Prepared>();
  #old = new Map<string, Prepared>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  get(sql: string): Prepared {
    const known = this.#young.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#old.get(sql) ?? prepare(this.#db, sql);
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(sql, prepared);
    return prepared;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}

/**
 * Refuses what node:sqlite would take for something else: a plain object in the first place for named parameters (so that every other value moves by
 * one), NaN for NULL, a boolean for a number where a server would refuse it.
 */
export function checkParameters(parameters: readonly SqlValue[]): void {
  for (let i = 0; i < parameters.length; i++) {
    const value = parameters[i] as unknown;
    switch (typeof value) {
      case 'string':
      case 'bigint':
        continue;
      case 'number':
        if (!Number.isNaN(value)) continue;
        break;
      case 'object':
        if (value === null || value instanceof Uint8Array) continue;
        break;
    }
    const what = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
    throw new TypeError(`Parameter ${i + 1} cannot be ${what}; give text, a number, a bigint, bytes or null.`);
  }
}

/** All rows of a prepared statement, as arrays of column values. */
export function allArrays(prepared: Prepared, parameters: readonly SqlValue[]): SqlValue[][] {
  checkParameters(parameters);
  return prepared.statement.all(...parameters) as unknown as SqlValue[][];
}

/** All rows of a prepared statement, as objects. */
export function allRows(prepared: Prepared, parameters: readonly SqlValue[]): Record<string, unknown>[] {
  const rows = allArrays(prepared, parameters);
  const { toRow } = prepared;
  const objects = new Array<Record<string, unknown>>(rows.length);
  for (let i = 0; i < rows.length; i++) objects[i] = toRow(rows[i]!);
  return objects;
}

function prepare(db: DatabaseSync, sql: string): Prepared {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  const names = statement.columns().map((column) => column.name);
  if (names.length === 0) return { statement, kind: 'change', toRow: () => ({}) };
  const changes = /^\s*(insert|update|delete|replace)\b/i.test(sql) || /^\s*with\b[\s\S]*\breturning\b/i.test(sql);
  return { statement, kind: changes ? 'returning' : 'read', toRow: rowMaker(names) };
}

/** Compiled once per statement: objects of one literal share a shape and are several times quicker to make than by a loop over names. */
function rowMaker(names: readonly string[]): (values: readonly unknown[]) => Record<string, unknown> {
  const fields = names.map(
    (name, i) => `${JSON.stringify(name) === '"__proto__"' ? '["__proto__"]' : JSON.stringify(name)}: v[${i}]`,
  );
  return new Function('v', `return { ${fields.join(', ')} };`) as (
    values: readonly unknown[],
  ) => Record<string, unknown>;
}
