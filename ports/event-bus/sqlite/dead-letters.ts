import type { Clock } from '#platform/clock/clock.ts';
import { describeError } from '#ports/event-bus/failure.ts';
import type { DeadLetter, IncomingEvent } from '#ports/event-bus/port.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';

const COLUMNS = 'id, consumer_group, topic, partition, position, event_id, key, body, error';

/** Events that a group could not handle, kept until they are replayed with success or too old. */
export class DeadLetters {
  readonly #core: SqliteFile;
  readonly #clock: Clock;

  constructor(core: SqliteFile, clock: Clock) {
    this.#core = core;
    this.#clock = clock;
  }

  /** Keeps one letter for a group and an event, however often it fails. */
  async add(group: string, event: IncomingEvent, error: unknown): Promise<void> {
    const { topic, partition, offset, id, key, body } = event;
    await this.#core.write([
      {
        sql: `INSERT INTO event_dead_letters (consumer_group, topic, partition, position, event_id, key, body, error, time_ms)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT (consumer_group, topic, partition, position)
              DO UPDATE SET error = excluded.error, time_ms = excluded.time_ms, replaying = 0`,
        parameters: [group, topic, partition, offset, id, key, body, describeError(error), this.#clock.now()],
      },
    ]);
  }

  list(limit: number): DeadLetter[] {
    return this.#core
      .read(`SELECT ${COLUMNS} FROM event_dead_letters WHERE replaying = 0 ORDER BY id LIMIT ?`, [limit])
      .map(letterOf);
  }

  /** Marks a letter for its group to take again; gives it, if there is one. The mark outlives a restart. */
  async requestReplay(id: string): Promise<DeadLetter | undefined> {
    if (!/^[0-9]{1,15}$/.test(id)) return undefined;
    const [outcome] = await this.#core.write([
      {
        sql: `UPDATE event_dead_letters SET replaying = 1 WHERE id = ? RETURNING ${COLUMNS}`,
        parameters: [Number(id)],
      },
    ]);
    const row = outcome?.rows[0];
    return row === undefined ? undefined : letterOf(row);
  }

  /** Letters that the group still has to take again. */
  replaysOf(group: string, topic: string, partition: number): DeadLetter[] {
    return this.#core
      .read(
        `SELECT ${COLUMNS} FROM event_dead_letters
         WHERE consumer_group = ? AND topic = ? AND partition = ? AND replaying = 1 ORDER BY position`,
        [group, topic, partition],
      )
      .map(letterOf);
  }

  async remove(letter: DeadLetter): Promise<void> {
    await this.#core.write([{ sql: 'DELETE FROM event_dead_letters WHERE id = ?', parameters: [Number(letter.id)] }]);
  }

  async trim(beforeMs: number): Promise<void> {
    await this.#core.write([{ sql: 'DELETE FROM event_dead_letters WHERE time_ms < ?', parameters: [beforeMs] }]);
  }
}

function letterOf(row: Record<string, unknown>): DeadLetter {
  return {
    id: String(row.id),
    group: row.consumer_group as string,
    error: row.error as string,
    event: {
      topic: row.topic as string,
      partition: Number(row.partition),
      offset: Number(row.position),
      id: row.event_id as string,
      key: row.key as string,
      body: row.body as string,
    },
  };
}
