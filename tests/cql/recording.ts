import { checkRange } from '#ports/wide-column/checks.ts';
import { createTable } from '#ports/wide-column/cql/definitions.ts';
import { CqlStatements } from '#ports/wide-column/cql/statements.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import type { WideTable } from '#ports/wide-column/table.ts';

const KEYSPACE = 'plaza';

/** What a server would be told of one table. */
interface Recorded {
  readonly table: WideTable;
  readonly cql: CqlStatements;
  readonly statements: Set<string>;
}

export interface TableCql {
  readonly definitions: readonly string[];
  /** What every table may be told, and the ranges that were read. */
  readonly statements: readonly string[];
  /** Whether a statement is one that this table makes as it is declared. */
  isOurs(statement: string): boolean;
}

/** Notes the CQL that each call of the port would become, table by table. */
export class RecordedCql {
  readonly #tables = new Map<string, Recorded>();

  /** The port, listened to. */
  wrap(wide: WideColumn): WideColumn {
    return {
      declare: async (tables) => {
        for (const table of tables) this.#declared(table);
        await wide.declare(tables);
      },
      get: (table, key) => {
        this.#note(table, ({ get }) => get);
        return wide.get(table, key);
      },
      getMany: (table, keys) => {
        this.#note(table, (cql) => (keys.length === 1 ? cql.get : cql.getSome));
        return wide.getMany(table, keys);
      },
      range: (table, partition, range) => {
        this.#note(table, (cql) => cql.range(checkRange(table, range), range.reverse === true));
        return wide.range(table, partition, range);
      },
      write: (mutations, options) => {
        for (const { table, kind } of mutations) this.#note(table, (cql) => (kind === 'put' ? cql.put : cql.remove));
        return wide.write(mutations, options);
      },
      dropPartition: (table, partition) => {
        this.#note(table, (cql) => cql.dropPartition);
        return wide.dropPartition(table, partition);
      },
      close: () => wide.close(),
    };
  }

  /** What was recorded of each table, by its name, in order. */
  byTable(): Map<string, TableCql> {
    const tables = [...this.#tables.values()].sort((a, b) => (a.table.name < b.table.name ? -1 : 1));
    return new Map(
      tables.map(({ table, cql, statements }) => {
        const always: readonly string[] = [cql.put, cql.remove, cql.dropPartition, cql.get, cql.getSome];
        const select = cql.get.slice(0, cql.get.indexOf(' WHERE ') + 7);
        return [
          table.name,
          {
            definitions: createTable(KEYSPACE, table),
            statements: [...new Set([...always, ...statements])],
            isOurs: (statement: string) => always.includes(statement) || statement.startsWith(select),
          },
        ];
      }),
    );
  }

  #note(table: WideTable, statement: (cql: CqlStatements) => string): void {
    const { cql, statements } = this.#declared(table);
    statements.add(statement(cql));
  }

  #declared(table: WideTable): Recorded {
    let recorded = this.#tables.get(table.name);
    if (recorded === undefined) {
      recorded = { table, cql: new CqlStatements(KEYSPACE, table), statements: new Set() };
      this.#tables.set(table.name, recorded);
    }
    return recorded;
  }
}
