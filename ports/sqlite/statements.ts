import { constants, type DatabaseSync, type StatementSync } from 'node:sqlite';
import { type ChangeMarks, markOf, SCHEMA_MARK } from './change-marks.ts';
import type { SqlValue } from './port.ts';

/** A statement that was prepared once. Rows come as arrays; `toRow` makes an object of one. */
export interface Prepared {
  readonly statement: StatementSync;
  /** `read` gives rows and changes nothing, `change` gives none, `returning` does both. */
  readonly kind: 'read' | 'change' | 'returning';
  readonly toRow: (values: readonly unknown[]) => Record<string, unknown>;
  readonly tables: TouchedTables;
}

/** What a statement touches, as SQLite itself says when it prepares it: triggers and cascades included. */
export interface TouchedTables {
  /** Marks of the tables that it reads. */
  readonly read: readonly number[];
  /** Marks of the tables that it changes. */
  readonly changed: readonly number[];
  /** Names of those that it reads. */
  readonly readNames: ReadonlySet<string>;
}

/** Statements per generation; two generations are kept. A program has some hundreds, so that only made-up SQL ever falls out. */
const GENERATION = 500;

/**
 * Prepared statements of one connection by their text. When the young generation is full it becomes the old one, and the old one is
 * forgotten: what is in use moves to the young generation again and stays, at the price of one lookup. All are forgotten when the shape of the file
 * changes: `select *` has other columns then.
 */
export class StatementCache {
  readonly #db: DatabaseSync;
  readonly #touched: TouchRecorder;
  readonly #marks: ChangeMarks | undefined;
  #schemaVersion: number | undefined;
  #young = new Map<string, Prepared>();
  #old = new Map<string, Prepared>();

  /** `marks` tell a reader of changes that another thread makes. */
  constructor(db: DatabaseSync, marks?: ChangeMarks) {
    this.#db = db;
    this.#touched = new TouchRecorder(db);
    this.#marks = marks;
  }

  get(sql: string): Prepared {
    const schemaVersion = this.#marks?.version(SCHEMA_MARK);
    if (schemaVersion !== this.#schemaVersion) {
      this.#schemaVersion = schemaVersion;
      this.forget();
    }
    const known = this.#young.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#old.get(sql) ?? this.#touched.record((tables) => prepare(this.#db, sql, tables));
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(sql, prepared);
    return prepared;
  }

  /** For when the shape of the file changed. A connection learns of it when it runs a statement, not when it prepares one. */
  forget(): void {
    this.#db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
    this.#young = new Map();
    this.#old = new Map();
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

function prepare(db: DatabaseSync, sql: string, touched: () => TouchedTables): Prepared {
  const statement = db.prepare(sql);
  const tables = touched();
  statement.setReturnArrays(true);
  const names = statement.columns().map((column) => column.name);
  if (names.length === 0) return { statement, kind: 'change', toRow: () => ({}), tables };
  const changes = /^\s*(insert|update|delete|replace)\b/i.test(sql) || /^\s*with\b[\s\S]*\breturning\b/i.test(sql);
  return { statement, kind: changes ? 'returning' : 'read', toRow: rowMaker(names), tables };
}

/** Listens to what SQLite asks its authorizer while it prepares a statement. Everything is allowed. */
class TouchRecorder {
  #read = new Set<string>();
  #changed = new Set<string>();
  #recording = false;

  constructor(db: DatabaseSync) {
    db.setAuthorizer((action, table) => {
      if (this.#recording && table !== null) this.#note(action, table);
      return constants.SQLITE_OK;
    });
  }

  record<T>(prepare: (tables: () => TouchedTables) => T): T {
    this.#read = new Set();
    this.#changed = new Set();
    this.#recording = true;
    try {
      return prepare(() => ({
        read: [...this.#read].map(markOf),
        changed: [...this.#changed].map((name) => (name.startsWith('sqlite_') ? SCHEMA_MARK : markOf(name))),
        readNames: this.#read,
      }));
    } finally {
      this.#recording = false;
    }
  }

  #note(action: number, table: string): void {
    if (action === constants.SQLITE_READ) this.#read.add(table);
    else if (CHANGES.has(action)) this.#changed.add(table);
  }
}

const CHANGES: ReadonlySet<number> = new Set([
  constants.SQLITE_INSERT,
  constants.SQLITE_UPDATE,
  constants.SQLITE_DELETE,
]);

/** Compiled once per statement: objects of one literal share a shape and are several times quicker to make than by a loop over names. */
function rowMaker(names: readonly string[]): (values: readonly unknown[]) => Record<string, unknown> {
  const fields = names.map(
    (name, i) => `${JSON.stringify(name) === '"__proto__"' ? '["__proto__"]' : JSON.stringify(name)}: v[${i}]`,
  );
  return new Function('v', `return { ${fields.join(', ')} };`) as (
    values: readonly unknown[],
  ) => Record<string, unknown>;
}
