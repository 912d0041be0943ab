import { type Mutation, put } from '../port.ts';
import type { Shape } from '../shape.ts';
import type { WideTable } from '../table.ts';
import { type CqlTls, cqlAddress } from './address.ts';
import { quote, ROW_COLUMN } from './names.ts';
import { CqlSession, type SessionOptions } from './session.ts';
import { CqlCodec, versionOf } from './values.ts';

/** Rows of one page, and how much of the table is read with it: 0 to 1. */
export interface CopiedPage {
  readonly puts: readonly Mutation[];
  readonly share: number;
}

const ROWS_PER_PAGE = 500;
/** A page of a whole table takes longer than what somebody waits for. */
const REQUEST_TIMEOUT_MS = 30_000;
const TABLES = 'SELECT table_name, comment FROM system_schema.tables WHERE keyspace_name = ?';
const TOKENS_BELOW_ZERO = 2 ** 63;

/** Reads a whole keyspace, table by table. */
export class CqlCopy {
  readonly #session: CqlSession;
  readonly #keyspace: string;

  private constructor(session: CqlSession, keyspace: string) {
    this.#session = session;
    this.#keyspace = keyspace;
  }

  static async open(options: { url: string; tls?: CqlTls | undefined; log: SessionOptions['log'] }): Promise<CqlCopy> {
    const { url, tls = {}, log } = options;
    const address = cqlAddress(url, tls);
    const session = new CqlSession({ address, tls, log, metrics: undefined, requestTimeoutMs: REQUEST_TIMEOUT_MS });
    try {
      await session.connect();
    } catch (error) {
      await session.close();
      throw error;
    }
    return new CqlCopy(session, address.keyspace);
  }

  /** Every table that was declared, by anybody, as it is. In the order of their names. */
  async tables(): Promise<WideTable[]> {
    const found = await this.#session.define(TABLES, [this.#keyspace]);
    return found
      .filter(({ comment }) => comment?.startsWith('{'))
      .map(
        ({ table_name, comment }): WideTable => ({ name: table_name, tier: 'core', ...(JSON.parse(comment) as Shape) }),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * All rows, with their versions and what they have left to live. Rows without columns come with version 1 and without an end: servers do not tell more of a
   * key alone.
   */
  async *rows(table: WideTable): AsyncGenerator<CopiedPage> {
    const codec = new CqlCodec(table);
    const partition = Object.keys(table.partition).map(quote);
    const key = [...partition, ...Object.keys(table.clustering).map(quote)];
    const columns = Object.keys(table.columns).map((name) => `${ROW_COLUMN}.${quote(name)} AS ${quote(name)}`);
    const written =
      columns.length === 0 ? [] : [`WRITETIME(${ROW_COLUMN}) AS "_written"`, `TTL(${ROW_COLUMN}) AS "_left"`];
    const wanted = [...key, ...columns, ...written, `token(${partition.join(', ')}) AS "_token"`];
    const text = `SELECT ${wanted.join(', ')} FROM ${this.#keyspace}.${quote(table.name)}`;
    for await (const rows of this.#session.scan(text, ROWS_PER_PAGE)) {
      if (rows.length === 0) continue;
      const puts = rows.map((row) => {
        // A row that was written before its table had columns has none that could be asked.
        const version = row._written == null ? 1 : versionOf(row._written as bigint);
        const left = row._left as number | null | undefined;
        return put(table, codec.toRow(row) as never, version, left == null ? {} : { ttlSeconds: Math.max(1, left) });
      });
      yield { puts, share: (Number(rows.at(-1)!._token) + TOKENS_BELOW_ZERO) / (2 * TOKENS_BELOW_ZERO) };
    }
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
