import type { Clock } from '#platform/clock/clock.ts';
import type { IncomingEvent, OutgoingEvent } from '#ports/event-bus/port.ts';
import type { SqliteFile, SqlValue } from '#ports/sqlite/port.ts';

/** Of every topic. Never changed: keys would move to other partitions and lose their order. */
const EMBEDDED_PARTITIONS = 8;
/** Events of each partition that are kept in memory, so that consumers who are up to date read nothing. */
const TAIL_EVENTS = 128;
/** Rows deleted in one job, so that retention never holds up a post. */
const TRIM_ROWS = 1_000;

const INSERT =
  'INSERT INTO event_log (topic, partition, position, id, key, body, time_ms) VALUES (?, ?, ?, ?, ?, ?, ?)';
const READ =
  'SELECT position, id, key, body FROM event_log WHERE topic = ? AND partition = ? AND position >= ? ORDER BY position LIMIT ?';

/** One partition of one topic, as this process knows it. */
export interface LogPartition {
  readonly topic: string;
  readonly partition: number;
  /** The offset after the last durable event. */
  end: number;
  /** Called when `end` has grown. */
  readonly listeners: Set<() => void>;
}

interface PartitionState extends LogPartition {
  /** The offset that the next event gets. Runs ahead of `end` while a publish is under way. */
  next: number;
  /** The last durable events, without a gap, up to `end`. */
  tail: IncomingEvent[];
}

/**
 * The durable log. Offsets are given out in memory, in the order of the calls, because one process owns the file and its writer keeps
 * the order of jobs. A publish that fails leaves a gap, never a reused offset.
 */
export class EventLog {
  readonly #core: SqliteFile;
  readonly #clock: Clock;
  readonly #committedFloor: (topic: string, partition: number) => number;
  readonly #topics = new Map<string, PartitionState[]>();

  /** `committedFloor` is the largest offset that any group has committed: offsets never go back below it, even after a restore. */
  constructor(core: SqliteFile, clock: Clock, committedFloor: (topic: string, partition: number) => number) {
    this.#core = core;
    this.#clock = clock;
    this.#committedFloor = committedFloor;
  }

  /** Durable when it resolves; then wakes whoever listens. */
  async append(topic: string, events: readonly OutgoingEvent[]): Promise<void> {
    const partitions = this.#topic(topic);
    const timeMs = this.#clock.now();
    const rows: IncomingEvent[] = [];
    const values: SqlValue[] = [];
    const touched = new Set<PartitionState>();
    for (const { id, key, body } of events) {
      const state = partitions[partitionOf(key)]!;
      touched.add(state);
      const offset = state.next++;
      rows.push({ id, key, body, topic, partition: state.partition, offset });
      values.push(topic, state.partition, offset, id, key, body, timeMs);
    }
    await this.#core.writeRows([{ sql: INSERT, width: 7, values }]);
    for (const row of rows) remember(partitions[row.partition]!, row);
    for (const state of touched) for (const wake of state.listeners) wake();
  }

  partitions(topic: string): readonly LogPartition[] {
    return this.#topic(topic);
  }

  /** Events from offset `from` on, at most `limit`. */
  read(partition: LogPartition, from: number, limit: number): IncomingEvent[] {
    const { tail } = partition as PartitionState;
    const first = tail[0];
    if (first !== undefined && from >= first.offset) {
      return tail.slice(from - first.offset, from - first.offset + limit);
    }
    const { topic, partition: number } = partition;
    return this.#core.readArrays(READ, [topic, number, from, limit]).map(([offset, id, key, body]) => ({
      topic,
      partition: number,
      offset: Number(offset),
      id: id as string,
      key: key as string,
      body: body as string,
    }));
  }

  /** The first offset that is still there, or `end` when nothing is. */
  first(partition: LogPartition): number {
    const rows = this.#core.read('SELECT min(position) AS first FROM event_log WHERE topic = ? AND partition = ?', [
      partition.topic,
      partition.partition,
    ]);
    return Number(rows[0]?.first ?? partition.end);
  }

  topics(): string[] {
    return this.#core.read('SELECT DISTINCT topic FROM event_log', []).map((row) => row.topic as string);
  }

  /**
   * Deletes events from the front of a partition: those older than `beforeMs` and below offset `needed`, and those older than
   * `capMs` in any case. The last event always stays: it says where offsets go on.
   */
  async trim(partition: LogPartition, needed: number, beforeMs: number, capMs: number): Promise<number> {
    const { topic, partition: number, end } = partition;
    let deleted = 0;
    for (;;) {
      const from = this.first(partition);
      const below = Math.min(from + TRIM_ROWS, end - 1);
      if (from >= below) return deleted;
      const [outcome] = await this.#core.write([
        {
          sql: `DELETE FROM event_log WHERE topic = ? AND partition = ? AND position >= ? AND position < ?
                AND ((position < ? AND time_ms < ?) OR time_ms < ?)`,
          parameters: [topic, number, from, below, needed, beforeMs, capMs],
        },
      ]);
      deleted += outcome?.changed ?? 0;
      if (this.first(partition) < below) return deleted;
    }
  }

  #topic(topic: string): PartitionState[] {
    let partitions = this.#topics.get(topic);
    if (partitions === undefined) {
      const ends = new Map(
        this.#core
          .read(
            `WITH RECURSIVE p(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM p WHERE n + 1 < ?)
             SELECT n, (SELECT max(position) FROM event_log WHERE topic = ? AND partition = n) AS last FROM p`,
            [EMBEDDED_PARTITIONS, topic],
          )
          .map((row) => [Number(row.n), row.last === null ? 0 : Number(row.last)]),
      );
      partitions = Array.from({ length: EMBEDDED_PARTITIONS }, (_, partition) => {
        // Offsets start at 1: they serve as versions, and a version is at least 1.
        const end = Math.max(1, (ends.get(partition) ?? 0) + 1, this.#committedFloor(topic, partition));
        return { topic, partition, end, next: end, tail: [], listeners: new Set<() => void>() };
      });
      this.#topics.set(topic, partitions);
    }
    return partitions;
  }
}

/** The same key always gives the same partition (FNV-1a). */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return (hash >>> 0) % EMBEDDED_PARTITIONS;
}

function remember(state: PartitionState, event: IncomingEvent): void {
  if (event.offset < state.end) return;
  // After a gap the tail starts anew, so that whoever stands before the gap reads the file.
  if (event.offset > state.end || state.listeners.size === 0) state.tail = [];
  state.end = event.offset + 1;
  if (state.listeners.size === 0) return;
  state.tail.push(event);
  if (state.tail.length >= 2 * TAIL_EVENTS) state.tail.splice(0, TAIL_EVENTS);
}
