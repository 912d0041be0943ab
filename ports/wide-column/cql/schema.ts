import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import { WideColumnRefusal } from '../checks.ts';
import { growthOf, type Shape } from '../shape.ts';
import type { WideTable } from '../table.ts';
import type { CqlAddress } from './address.ts';
import { addField, addRowColumn, createKeyspace, createTable, noteShape, tableId } from './definitions.ts';
import { ROW_COLUMN, typeName } from './names.ts';
import type { CqlSession } from './session.ts';

const LOCK = 'plaza_schema_lock';
/** A creator that died is forgotten after this. */
const LOCK_SECONDS = 180;
const POLL_MS = 250;

export interface SchemaTools {
  readonly session: CqlSession;
  readonly address: CqlAddress;
  readonly clock: Clock;
  readonly random: Random;
}

/** What of the declarations is on the servers. */
interface Found {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes the tables that are missing and adds the columns that are new. Where nothing is missing, nothing is written. Of several processes that start at
 * once, one changes definitions at a time, and it waits after each until the servers agree.
 * @throws WideColumnRefusal for every other change
 */
export async function declareTables(tools: SchemaTools, tables: readonly WideTable[]): Promise<void> {
  const { session, address } = tools;
  await ensureKeyspace(tools);
  if (planOf(address.keyspace, tables, await readFound(tools)).length === 0) return;
  await alone(tools, async () => {
    for (const text of planOf(address.keyspace, tables, await readFound(tools))) await session.define(text);
  });
}

/** The statements that lead from what was found to what is declared. */
export function planOf(keyspace: string, tables: readonly WideTable[], { shapes, fields }: Found): string[] {
  return tables.flatMap((table) => {
    for (const name of [...Object.keys(table.partition), ...Object.keys(table.clustering)]) {
      if (name === ROW_COLUMN) {
        throw new WideColumnRefusal(table.name, `"${ROW_COLUMN}" holds the rows on servers; name the key otherwise.`);
      }
    }
    const known = fields.get(typeName(table));
    const shape = shapes.get(table.name);
    const missing = Object.entries(table.columns).filter(([name]) => known !== undefined && !known.includes(name));
    const grown = missing.map(([name, type]) => addField(keyspace, table, name, type));
    if (shape === undefined) return [...grown, ...createTable(keyspace, table)];
    const growth = growthOf(table, shape);
    if (!growth.isChange) return grown;
    const hadRow = Object.keys(shape.columns).length > 0;
    return [...grown, ...(hadRow ? [] : addRowColumn(keyspace, table)), noteShape(keyspace, table, growth.shape)];
  });
}

async function ensureKeyspace({ session, address }: SchemaTools): Promise<void> {
  const { keyspace, replication } = address;
  const query = 'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?';
  const found = await session.define(query, [keyspace]);
  if (found.length > 0) return;
  if (replication === undefined) {
    throw new Error(
      `There is no keyspace "${keyspace}": create it, or add replication=NAME:3 to the address of the wide-column store.`,
    );
  }
  await session.define(createKeyspace(keyspace, replication));
}

async function readFound({ session, address }: SchemaTools): Promise<Found> {
  const tables = await session.define('SELECT table_name, comment FROM system_schema.tables WHERE keyspace_name = ?', [
    address.keyspace,
  ]);
  const types = await session.define('SELECT type_name, field_names FROM system_schema.types WHERE keyspace_name = ?', [
    address.keyspace,
  ]);
  return {
    shapes: new Map(
      tables
        .filter(({ comment }) => comment?.startsWith('{'))
        .map(({ table_name, comment }) => [table_name, JSON.parse(comment) as Shape]),
    ),
    fields: new Map(types.map(({ type_name, field_names }) => [type_name, field_names])),
  };
}

/** Runs `work` while no other process changes definitions. */
async function alone({ session, address, clock, random }: SchemaTools, work: () => Promise<void>): Promise<void> {
  const { keyspace } = address;
  const lock = `${keyspace}.${LOCK}`;
  const holder = randomToken(random);
  await session.define(
    `CREATE TABLE IF NOT EXISTS ${lock} (name text PRIMARY KEY, holder text) WITH ID = ${tableId(keyspace, LOCK)}`,
  );
  const take = `INSERT INTO ${lock} (name, holder) VALUES ('schema', ?) IF NOT EXISTS USING TTL ${LOCK_SECONDS}`;
  for (;;) {
    const [answer] = await session.define(take, [holder]);
    // A repeated attempt of ours may have succeeded before.
    if (answer?.['[applied]'] === true || answer?.holder === holder) break;
    await clock.wait(POLL_MS);
  }
  try {
    await work();
  } finally {
    await session.define(`DELETE FROM ${lock} WHERE name = 'schema' IF holder = ?`, [holder]);
  }
}
