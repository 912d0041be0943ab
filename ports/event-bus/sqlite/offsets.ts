import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { backoffMs, RETRY } from '#ports/event-bus/backoff.ts';
import { MAX_ATTEMPTS } from '#ports/event-bus/port.ts';
import type { SqliteFile, SqlValue } from '#ports/sqlite/port.ts';
import { OFFSET_TABLES } from './schema.ts';

const UPSERT = `INSERT INTO event_offsets (consumer_group, topic, partition, next) VALUES (?, ?, ?, ?)
  ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET next = max(next, excluded.next)`;

export interface GroupOffset {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The first offset not yet handled. */
  readonly next: number;
}

/**
 * Committed offsets of the groups whose rows stand in one file. Commits are gathered while one is being written. A commit goes through the
 * same writer as the rows, after them, so a file never holds an offset without the rows that it stands for.
 */
export class Offsets {
  readonly #file: SqliteFile;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Logger;
  readonly #committed = new Map<string, GroupOffset>();
  #pending = new Map<string, GroupOffset>();
  #flush: Promise<void> | undefined;
  #nextFlush: Promise<void> | undefined;

  constructor(file: SqliteFile, clock: Clock, random: Random, log: Logger) {
    this.#file = file;
    this.#clock = clock;
    this.#random = random;
    this.#log = log;
  }

  async open(): Promise<void> {
    await this.#file.define(OFFSET_TABLES);
    for (const row of this.#file.read('SELECT consumer_group, topic, partition, next FROM event_offsets', [])) {
      this.#accept({
        group: row.consumer_group as string,
        topic: row.topic as string,
        partition: Number(row.partition),
        next: Number(row.next),
      });
    }
  }

  next(group: string, topic: string, partition: number): number | undefined {
    return this.#committed.get(nameOf(group, topic, partition))?.next;
  }

  all(): Iterable<GroupOffset> {
    return this.#committed.values();
  }

  /** Durable when it resolves. Rejects when the file refuses it again and again: the caller tries later. */
  commit(offset: GroupOffset): Promise<void> {
    this.#pending.set(nameOf(offset.group, offset.topic, offset.partition), offset);
    if (this.#flush === undefined) {
      this.#flush = this.#writePending();
      return this.#flush;
    }
    this.#nextFlush ??= this.#flush
      .catch(() => {})
      .then(() => {
        this.#nextFlush = undefined;
        this.#flush = this.#writePending();
        return this.#flush;
      });
    return this.#nextFlush;
  }

  async #writePending(): Promise<void> {
    const offsets = [...this.#pending.values()];
    this.#pending = new Map();
    try {
      await this.#write(offsets);
      for (const offset of offsets) this.#accept(offset);
    } finally {
      if (this.#nextFlush === undefined) this.#flush = undefined;
    }
  }

  async #write(offsets: readonly GroupOffset[]): Promise<void> {
    const values: SqlValue[] = [];
    for (const { group, topic, partition, next } of offsets) values.push(group, topic, partition, next);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#file.writeRows([{ sql: UPSERT, width: 4, values }]);
        return;
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS) throw error;
        this.#log.warn({ err: error, attempt }, 'offsets were not written; trying again');
        await this.#clock.wait(backoffMs(RETRY, attempt, this.#random));
      }
    }
  }

  #accept(offset: GroupOffset): void {
    const name = nameOf(offset.group, offset.topic, offset.partition);
    const before = this.#committed.get(name);
    if (before === undefined || before.next < offset.next) this.#committed.set(name, offset);
  }
}

function nameOf(group: string, topic: string, partition: number): string {
  return `${group} ${topic} ${partition}`;
}
