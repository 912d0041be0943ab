import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import {
  checkHasVersions,
  checkKeyCount,
  checkPageLimit,
  checkRange,
  checkTable,
  checkWrite,
  WideColumnRefusal,
} from '../checks.ts';
import { FINAL_VERSION, type Mutation, type Range } from '../port.ts';
import type { PartitionPage, VersionedRow, WideColumnStore } from '../store.ts';
import type { Key, PartitionKeyOf, RowOf, WideTable } from '../table.ts';
import { type CqlTls, cqlAddress } from './address.ts';
import { forEachOf } from './limiter.ts';
import { readPartitions } from './partitions.ts';
import { readKeys } from './read-keys.ts';
import { declareTables, type SchemaTools } from './schema.ts';
import { CqlSession, type Statement } from './session.ts';
import { CqlStatements } from './statements.ts';
import { CqlCodec, timestampOf, versionOf } from './values.ts';
import { byPartition } from './writes.ts';

export interface CqlOptions {
  /** `cql://user:password@host:9042,host:9042/keyspace?datacenter=dc1&replication=dc1:3,dc2:3&tls=on`; see `cqlAddress`. */
  readonly url: string;
  readonly tls?: CqlTls | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
  /** How long one request may take before it is sent once more. Twice this is less than the time of a service call. */
  readonly requestTimeoutMs?: number;
}

/** Requests of one call under way at once, so that a large one leaves room for others. */
const AT_ONCE = 64;
const REQUEST_TIMEOUT_MS = 2_000;

/**
 * The wide-column port on servers that speak CQL: for ScyllaDB, tested on Apache Cassandra.
 * @throws RangeError when the address is not as it should be; PlazaError `unavailable` when no server answers; Error when none lets this process in
 */
export async function openCql(options: CqlOptions): Promise<WideColumnStore> {
  const { url, tls = {}, clock, random, log, metrics, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const address = cqlAddress(url, tls);
  const session = new CqlSession({ address, tls, log, metrics, requestTimeoutMs });
  try {
    await session.connect();
  } catch (error) {
    await session.close();
    throw error;
  }
  return new WideColumnOnCql({ session, address, clock, random });
}

/** What is known of a declared table. */
export interface CqlTable {
  readonly codec: CqlCodec;
  readonly cql: CqlStatements;
}

/** What a server says of a row beside its columns. */
interface Own {
  readonly _written_at: bigint | null;
  readonly _lives_for: number | null;
}

class WideColumnOnCql implements WideColumnStore {
  readonly #tools: SchemaTools;
  readonly #session: CqlSession;
  readonly #tables = new Map<WideTable, CqlTable>();

  constructor(tools: SchemaTools) {
    this.#tools = tools;
    this.#session = tools.session;
  }

  async declare(tables: readonly WideTable[]): Promise<void> {
    for (const table of tables) checkTable(table);
    await declareTables(this.#tools, tables);
    for (const table of tables) {
      this.#tables.set(table, {
        codec: new CqlCodec(table),
        cql: new CqlStatements(this.#tools.address.keyspace, table),
      });
    }
  }

  async get<T extends WideTable>(table: T, key: Key<T>): Promise<RowOf<T> | undefined> {
    const { codec, cql } = this.#table(table);
    const [row] = await this.#session.read(cql.get, codec.keyOf(key), 1);
    return row === undefined ? undefined : (codec.toRow(row) as RowOf<T>);
  }

  async getMany<T extends WideTable>(table: T, keys: readonly Key<T>[]): Promise<(RowOf<T> | undefined)[]> {
    checkKeyCount(table, keys);
    const known = this.#table(table);
    return (await readKeys(this.#session, known, keys, AT_ONCE)) as (RowOf<T> | undefined)[];
  }

  async range<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Range): Promise<RowOf<T>[]> {
    const { codec } = this.#table(table);
    const rows = await this.#range(table, partition, range, false);
    return rows.map((row) => codec.toRow(row)) as RowOf<T>[];
  }

  async write(mutations: readonly Mutation[], options: { atomic?: boolean } = {}): Promise<void> {
    const atomic = options.atomic === true;
    checkWrite(mutations, atomic);
    const groups = byPartition(mutations, (table) => this.#table(table));
    if (!atomic || groups.length < 2) {
      await forEachOf(groups, AT_ONCE, (statements) => this.#writeGroup(statements));
    } else await this.#session.writeTogether(groups.flat(), true);
  }

  async dropPartition<T extends WideTable>(table: T, partition: PartitionKeyOf<T>): Promise<void> {
    const { codec, cql } = this.#table(table);
    const params = [timestampOf(FINAL_VERSION), ...codec.partitionOf(partition)];
    await this.#session.write({ query: cql.dropPartition, params });
  }

  async partitions<T extends WideTable>(
    table: T,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<PartitionPage<T>> {
    checkPageLimit(table, page.limit);
    return (await readPartitions(this.#session, this.#table(table), page)) as PartitionPage<T>;
  }

  async rangeVersions<T extends WideTable>(
    table: T,
    partition: PartitionKeyOf<T>,
    range: Range,
  ): Promise<VersionedRow<T>[]> {
    checkHasVersions(table);
    const { codec } = this.#table(table);
    const rows = await this.#range(table, partition, range, true);
    return rows.map((row) => {
      const { _written_at: writtenAt, _lives_for: livesFor } = row as unknown as Own;
      if (writtenAt === null) {
        throw new WideColumnRefusal(table.name, 'a row is from before the table had columns; write it once more.');
      }
      return { row: codec.toRow(row) as RowOf<T>, version: versionOf(writtenAt), ttlSeconds: livesFor ?? undefined };
    });
  }

  async clear(table: WideTable): Promise<void> {
    await this.#session.define(this.#table(table).cql.clear);
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async #range<T extends WideTable>(table: T, partition: PartitionKeyOf<T>, range: Range, versions: boolean) {
    const { codec, cql } = this.#table(table);
    const parameters = codec.partitionOf(partition);
    const checked = checkRange(table, range);
    const clustering = Object.keys(table.clustering);
    for (const [i, value] of checked.prefix.entries()) parameters.push(codec.keyValue(clustering[i]!, value));
    const free = clustering[checked.prefix.length]!;
    for (const side of [checked.lower, checked.upper]) {
      if (side !== undefined) parameters.push(codec.keyValue(free, side.value));
    }
    parameters.push(range.limit);
    const text = cql.range(checked, range.reverse === true, versions);
    return this.#session.read(text, parameters, range.limit);
  }

  #writeGroup(statements: readonly Statement[]): Promise<void> {
    if (statements.length === 1) return this.#session.write(statements[0]!);
    return this.#session.writeTogether(statements, false);
  }

  #table(table: WideTable): CqlTable {
    const known = this.#tables.get(table);
    if (known === undefined) throw new WideColumnRefusal(table.name, 'declare the table before it is used.');
    return known;
  }
}
