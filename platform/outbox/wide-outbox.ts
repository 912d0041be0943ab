import type { Clock } from '#platform/clock/clock.ts';
import { ID_EPOCH_MS, idTimeMs } from '#platform/ids/ids.ts';
import { FINAL_VERSION, type Mutation, put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import { wideTable } from '#ports/wide-column/table.ts';
import type { PendingEvent } from './event.ts';

/** Events of one minute share a partition, which is dropped whole when it is over: small enough that dropping it holds nobody up. */
export const BUCKET_MS = 60_000;
/** How long a shard's partitions outlive their last event, so that a write that lands late meets its removal and not an empty place. */
export const KEEP_BUCKETS = 60;
/**
 * Shards of an outbox that several processes write to. Fixed for ever: with fewer, what stands in the others would not be read.
 */
export const SHARED_SHARDS = 8;
/** How far an id may run ahead of the clock (see `platform/ids`), in whole buckets. */
export const BUCKETS_AHEAD = 1;

function outboxTable(service: string) {
  return wideTable({
    name: `${service}_outbox`,
    tier: 'core',
    partition: { bucket: 'int', shard: 'int' },
    clustering: { id: { type: 'id', order: 'asc' } },
    columns: { topic: 'text', key: 'text', version: 'int', body: 'text' },
  });
}

function progressTable(service: string) {
  return wideTable({
    name: `${service}_outbox_progress`,
    tier: 'core',
    partition: { shard: 'int' },
    clustering: {},
    // Buckets below `first` are done; those below `dropped` are gone.
    columns: { first: 'int', dropped: 'int' },
  });
}

export type OutboxTable = ReturnType<typeof outboxTable>;
export type ProgressTable = ReturnType<typeof progressTable>;

/** The outbox of a service whose data is wide-column: one more row in the write that makes the change. */
export interface WideOutbox {
  readonly service: string;
  readonly shards: number;
  readonly table: OutboxTable;
  readonly progress: ProgressTable;
  /** Declares the tables and notes where a relay has to begin. Before the first write. */
  prepare(): Promise<void>;
  /** To be put into the same atomic write as the change. */
  mutations(events: readonly PendingEvent[]): Mutation[];
  /** Says that an event is published. Final, so that a write that lands late cannot bring it back. */
  removal(event: PendingEvent): Mutation;
  shardOf(key: string): number;
}

export interface WideOutboxOptions {
  readonly service: string;
  readonly wide: WideColumn;
  readonly clock: Clock;
  /** How many relays may share the work. One process needs no more than one. */
  readonly shards?: number;
}

export function wideOutbox(options: WideOutboxOptions): WideOutbox {
  const { service, wide, clock, shards = 1 } = options;
  const table = outboxTable(service);
  const progress = progressTable(service);
  const shardOf = (key: string) => (shards === 1 ? 0 : hash(key) % shards);
  return {
    service,
    shards,
    table,
    progress,
    shardOf,
    async prepare() {
      await wide.declare([table, progress]);
      const now = bucketAt(clock.now());
      for (let shard = 0; shard < shards; shard++) {
        if ((await wide.get(progress, { shard })) !== undefined) continue;
        // Another clock may be behind this one.
        const first = Math.max(1, now - 10);
        await wide.write([put(progress, { shard, first, dropped: first }, progressVersion(first, first))]);
      }
    },
    mutations: (events) =>
      events.map(({ id, topic, key, version, body }) =>
        put(table, { bucket: bucketOf(id), shard: shardOf(key), id, topic, key, version, body }, 1),
      ),
    removal: ({ id, key }) => remove(table, { bucket: bucketOf(id), shard: shardOf(key), id }, FINAL_VERSION),
  };
}

/** Both grow, so their sum grows with each step of either. */
export function progressVersion(first: number, dropped: number): number {
  return first + dropped;
}

/** Minutes since the epoch of ids. */
export function bucketAt(timeMs: number): number {
  return Math.floor((timeMs - ID_EPOCH_MS) / BUCKET_MS);
}

export function bucketOf(id: string): number {
  return bucketAt(idTimeMs(id));
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
