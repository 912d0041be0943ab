import { compareIds, ID_EPOCH_MS, idAt, idTimeMs } from '#platform/ids/ids.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import type { PendingEvent } from './event.ts';
import { persist, publishPage, type RelayTools } from './publisher.ts';
import { RecentIds } from './recent-ids.ts';
import { BUCKET_MS, BUCKETS_AHEAD, bucketAt, KEEP_BUCKETS, type WideOutbox } from './wide-outbox.ts';

const PAGE = 256;
/** More than are published before their rows are removed, so that a reading knows what it meets again. */
const REMEMBERED = 20_000;
/** What was published longer ago than this and still stands is published again, and its row removed again: a removal may have been lost. */
const REMEMBERED_MS = 600_000;

export interface ShardRelayOptions extends RelayTools {
  readonly wide: WideColumn;
  readonly outbox: WideOutbox;
  readonly windowMs: number;
  /** Events handed over and not yet published; with more, the table is read instead, so memory stays bounded while the bus is away. */
  readonly maxQueue: number;
  /** Whether this process may publish this shard now. */
  readonly owns: () => boolean;
  /** Told of events once they are published. */
  readonly published: (events: readonly PendingEvent[]) => void;
}

/**
 * Publishes one shard of a wide-column outbox: what is handed over, and what a reading of the table finds. The invariant: an event is published
 * after every event of its key that was written before it. Hence a reading comes before the queue, takes along what was handed over behind its position, leaves
 * to itself what lies ahead, and goes back when something is said to lie behind.
 */
export class ShardRelay {
  readonly number: number;
  readonly #options: ShardRelayOptions;
  readonly #recent = new RecentIds(REMEMBERED);
  #queue: PendingEvent[] = [];
  /** Rows from this time on have to be read; infinite when nothing calls for it. */
  #readFromMs = Number.POSITIVE_INFINITY;
  /** Where to begin is to be read first. */
  #mustBegin = true;
  /** The reading under way has to go back. */
  #goBack = false;
  /** How often a reading was asked for, and up to which of these everything was read and published. */
  #asked = 0;
  #answered = 0;
  /** Everything with an id from before is published. */
  sweptMs = 0;

  constructor(number: number, options: ShardRelayOptions) {
    this.number = number;
    this.#options = options;
  }

  /** Whether this process published it, lately. */
  hasPublished(id: string): boolean {
    return this.#recent.has(id);
  }

  get hasWork(): boolean {
    return this.#mustBegin || this.#queue.length > 0 || this.#readFromMs < Number.POSITIVE_INFINITY;
  }

  /** Forgets what it knew of its position: another process may have published meanwhile. */
  beginAgain(): void {
    this.#mustBegin = true;
    this.#goBack = true;
    this.#queue = [];
  }

  handOver(event: PendingEvent): void {
    this.#queue.push(event);
    if (this.#queue.length <= this.#options.maxQueue) return;
    const oldestMs = this.#queue.reduce((least, { id }) => Math.min(least, idTimeMs(id)), Number.POSITIVE_INFINITY);
    this.#queue = [];
    this.readFrom(oldestMs, true);
  }

  /** Asks for a reading. With `goBack`, also of one that is under way and already past that time. Gives what {@link hasAnswered} takes. */
  readFrom(timeMs: number, goBack = false): number {
    this.#readFromMs = Math.min(this.#readFromMs, timeMs);
    if (goBack) this.#goBack = true;
    return ++this.#asked;
  }

  /** Whether a reading that began after it was asked for came to its end. */
  hasAnswered(asked: number): boolean {
    return this.#answered >= asked;
  }

  async step(signal: AbortSignal): Promise<void> {
    if (this.#mustBegin) await persist(this.#options, signal, 'reading', () => this.#begin(), this.#options.owns);
    else if (this.#readFromMs === Number.POSITIVE_INFINITY) await this.#publish(this.#queue.splice(0, PAGE), signal);
    else await persist(this.#options, signal, 'reading', () => this.#read(signal), this.#options.owns);
  }

  /** Further back than what is noted as done: with a clock that was set back, later events stand in earlier buckets. Empty ones cost next to nothing. */
  async #begin(): Promise<void> {
    const { wide, outbox, clock } = this.#options;
    const progress = await wide.get(outbox.progress, { shard: this.number });
    const first = Math.min(progress?.dropped ?? Number.POSITIVE_INFINITY, bucketAt(clock.now()) - KEEP_BUCKETS);
    this.sweptMs = Math.max(0, first) * BUCKET_MS + ID_EPOCH_MS;
    this.#readFromMs = this.sweptMs;
    this.#mustBegin = false;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { clock, wide, outbox, windowMs } = this.#options;
    const startedMs = clock.now();
    const asked = this.#asked;
    let fromMs = this.#readFromMs;
    this.#readFromMs = Number.POSITIVE_INFINITY;
    this.#goBack = false;
    // Bounds exclude themselves, and the first id of a millisecond may be taken.
    let after = idAt(fromMs - 1);
    try {
      for (let bucket = bucketAt(fromMs); bucket <= bucketAt(clock.now()) + BUCKETS_AHEAD; bucket++) {
        for (let isLast = false; !isLast; ) {
          if (this.#goBack || this.#mustBegin) return;
          const rows = await wide.range(outbox.table, { bucket, shard: this.number }, { gt: after, limit: PAGE });
          isLast = rows.length < PAGE;
          const reached = isLast ? idAt((bucket + 1) * BUCKET_MS + ID_EPOCH_MS) : rows.at(-1)!.id;
          if (!(await this.#publish([...this.#takeAlong(rows, reached), ...rows], signal))) return;
          after = reached;
          fromMs = idTimeMs(after);
        }
      }
      fromMs = Number.POSITIVE_INFINITY;
      this.sweptMs = Math.max(this.sweptMs, startedMs - windowMs);
      this.#answered = asked;
    } finally {
      // Where the next reading goes on, when this one did not come to its end.
      this.#readFromMs = Math.min(this.#readFromMs, fromMs);
    }
  }

  /** What of the queue goes with this page. The rest lies ahead of the reading, which comes to it. */
  #takeAlong(rows: readonly PendingEvent[], reached: string): PendingEvent[] {
    const queue = this.#queue;
    this.#queue = [];
    const versions = new Map<string, number>();
    for (const { key, version } of rows) versions.set(key, Math.max(version, versions.get(key) ?? 0));
    return queue.filter(
      ({ id, key, version }) =>
        compareIds(id, reached) <= 0 || version < (versions.get(key) ?? Number.NEGATIVE_INFINITY),
    );
  }

  /** False when the relay stops, or the shard is another process's; then the rows are still in the table. */
  async #publish(events: readonly PendingEvent[], signal: AbortSignal): Promise<boolean> {
    // The same event may be in the table and handed over.
    const fresh = new Map<string, PendingEvent>();
    const sinceMs = this.#options.clock.now() - REMEMBERED_MS;
    for (const event of events) {
      if (!this.#recent.has(event.id) || idTimeMs(event.id) < sinceMs) fresh.set(event.id, event);
    }
    const page = [...fresh.values()];
    if (!(await publishPage(this.#options, page, signal, this.#options.owns))) return false;
    for (const event of page) this.#recent.add(event.id);
    this.#options.published(page);
    return true;
  }
}
