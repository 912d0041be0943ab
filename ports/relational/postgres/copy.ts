import pg from 'pg';
import { type PostgresTls, TIMES, targetOf } from './options.ts';

export interface CopyOptions {
  readonly url: string;
  readonly tls?: PostgresTls | undefined;
}

/** A table as text: what makes it, and what is added once its rows are there, because that is quicker. */
export interface TableDefinition {
  readonly name: string;
  readonly create: string;
  readonly complete: readonly string[];
}

const ROWS_PER_FETCH = 500;
const CURSOR = 'plaza_copy';

/** Of the first schema of the search path, in the order of their names. */
const TABLES = `SELECT c.oid::int AS oid, c.relname AS name, c.reltuples::float8 AS about FROM pg_class c
  WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname`;
const COLUMNS = `SELECT quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || quote_ident(l.collname) ELSE '' END
    || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS text
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;
/** Keys before checks before references to other tables. */
const CONSTRAINTS = `SELECT conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid, true) AS text
  FROM pg_constraint WHERE conrelid = $1 AND contype IN ('p', 'u', 'c', 'f') ORDER BY position(contype::text IN 'pucf'), conname`;
/** Without those that a constraint brings. The short form names no schema. */
const INDEXES = `SELECT pg_get_indexdef(i.indexrelid, 0, true) AS text FROM pg_index i
  WHERE i.indrelid = $1 AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY i.indexrelid`;

/** All tables at one moment, from when it is opened until it is closed. */
export class RelationalSnapshot {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(options: CopyOptions): Promise<RelationalSnapshot> {
    const client = await connect(options);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    // The moment is that of the first query, not of BEGIN.
    await client.query('SELECT count(*) FROM pg_class');
    return new RelationalSnapshot(client);
  }

  async tables(): Promise<(TableDefinition & { readonly about: number })[]> {
    const found = await this.#client.query<{ oid: number; name: string; about: number }>(TABLES);
    const tables: (TableDefinition & { about: number })[] = [];
    for (const { oid, name, about } of found.rows) {
      const columns = await this.#texts(COLUMNS, oid);
      const constraints = await this.#texts(CONSTRAINTS, oid);
      tables.push({
        name,
        about: Math.max(0, about),
        create: `CREATE TABLE ${pg.escapeIdentifier(name)} (\n  ${columns.join(',\n  ')}\n)`,
        complete: [...constraints.map((text) => `ALTER TABLE ${text}`), ...(await this.#texts(INDEXES, oid))],
      });
    }
    return tables;
  }

  /** Rows as texts of JSON, a few hundred at a time. */
  async *rows(table: string): AsyncGenerator<string[]> {
    const name = pg.escapeIdentifier(table);
    await this.#client.query(
      `DECLARE ${CURSOR} NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS text FROM ${name} t`,
    );
    for (;;) {
      const { rows } = await this.#client.query<{ text: string }>(`FETCH ${ROWS_PER_FETCH} FROM ${CURSOR}`);
      if (rows.length > 0) yield rows.map(({ text }) => text);
      if (rows.length < ROWS_PER_FETCH) break;
    }
    await this.#client.query(`CLOSE ${CURSOR}`);
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  async #texts(query: string, oid: number): Promise<string[]> {
    return (await this.#client.query<{ text: string }>(query, [oid])).rows.map(({ text }) => text);
  }
}

/** Fills a database, or a schema of one, that has no tables. */
export class RelationalFilling {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(options: CopyOptions): Promise<RelationalFilling> {
    return new RelationalFilling(await connect(options));
  }

  /** A table that is there already. */
  async found(): Promise<string | undefined> {
    return (await this.#client.query<{ name: string }>(TABLES)).rows[0]?.name;
  }

  async create({ create }: TableDefinition): Promise<void> {
    await this.#client.query(create);
  }

  /** Adds rows as `RelationalSnapshot` gives them. */
  async add(table: string, rows: readonly string[]): Promise<void> {
    const name = pg.escapeIdentifier(table);
    await this.#client.query(
      `INSERT INTO ${name} SELECT r.* FROM unnest($1::text[]) AS line, LATERAL json_populate_record(NULL::${name}, line::json) AS r`,
      [rows],
    );
  }

  async complete({ name, complete }: TableDefinition): Promise<void> {
    for (const text of complete) await this.#client.query(text);
    await this.#client.query(`ANALYZE ${pg.escapeIdentifier(name)}`);
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}

/** One connection without the limits on time that serve people who wait. */
async function connect({ url, tls }: CopyOptions): Promise<pg.Client> {
  const { place, config } = targetOf(url, tls, TIMES);
  const { query_timeout: _, ...patient } = config;
  const client = new pg.Client({
    ...patient,
    statement_timeout: 0,
    lock_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  // What ends the connection fails the query in hand, which tells of it.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Error(`PostgreSQL at ${place} does not let this command in: ${(error as Error).message}`);
  }
  return client;
}
