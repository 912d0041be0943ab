import type pg from 'pg';
import { understood } from './errors.ts';
import type { Statement, Statements } from './statements.ts';
import { checkedParameters, valueTypes } from './values.ts';

export interface Answer {
  readonly rows: Record<string, unknown>[];
  /** Rows that the statement changed. */
  readonly changed: number;
  /** What the server says it did: `INSERT`, `COMMIT`, `ROLLBACK`. */
  readonly command: string;
}

/** Statements that one connection keeps the plans of. One that has more is closed after its turn: the server's memory is bounded. */
const MAX_PREPARED = 1_000;

/** A connection while somebody uses it. Statements may be sent without awaiting those before: they run in the order of their sending. */
export class Session {
  readonly #client: pg.PoolClient;
  readonly #statements: Statements;
  readonly #prepared: Set<string>;

  constructor(client: pg.PoolClient, statements: Statements, prepared: Set<string>) {
    this.#client = client;
    this.#statements = statements;
    this.#prepared = prepared;
  }

  /** Runs a statement with `?` as parameters. It is prepared once for each connection. */
  async ask(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    const values = checkedParameters(parameters);
    const { name, text }: Statement = this.#statements.get(sql);
    this.#prepared.add(name);
    return this.#send({ name, text, values, types: valueTypes });
  }

  /** Runs a statement of the port itself as it stands. `timeoutMs`: for one that may take longer than others. */
  async say(text: string, timeoutMs?: number): Promise<Answer> {
    return this.#send({ text, types: valueTypes, ...(timeoutMs === undefined ? {} : { query_timeout: timeoutMs }) });
  }

  get isFull(): boolean {
    return this.#prepared.size > MAX_PREPARED;
  }

  async #send(query: pg.QueryConfig & { query_timeout?: number }): Promise<Answer> {
    try {
      const { rows, rowCount, command } = await this.#client.query(query);
      const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
      return { rows, changed: changes ? (rowCount ?? 0) : 0, command };
    } catch (error) {
      throw understood(error);
    }
  }
}
