import { ID_EPOCH_MS, idAt, idTimeMs } from '#platform/ids/ids.ts';
import { MAX_MUTATIONS_PER_WRITE, put, type WideColumn } from '#ports/wide-column/port.ts';
import type { PendingEvent } from './event.ts';
import { Looper } from './looper.ts';
import { persist, publishPage, type RelayTools } from './publisher.ts';
import { RecentIds } from './recent-ids.ts';
import type { Backlog, Relay } from './relay.ts';
import { BUCKET_MS, BUCKETS_AHEAD, bucketAt, progressVersion, type WideOutbox } from './wide-outbox.ts';

const PAGE = 256;
/** Events handed over and not yet published. More are taken from the table, so memory stays bounded while the bus is away. */
const MAX_QUEUE = 10_000;
/** Published rows are removed together, this much later: repeating half a second of events after a crash costs less than a write for each. */
const REMOVE_AFTER_MS = 500;
/** How long a shard's partitions outlive their last event, so that a write that lands late meets its removal and not an empty place. */
const KEEP_BUCKETS = 60;

export interface WideRelayOptions extends RelayTools {
  readonly wide: WideColumn;
  readonly outbox: WideOutbox;
  /** How often the table is read for what nobody handed over: a write whose fate was unknown, another process's. */
  readonly sweepEveryMs?: number;
  /** How late a row may land behind its id: the longest request, timeouts and clock skew. */
  readonly windowMs?: number;
  /** Whether this process holds the lease of a shard. Two relays never work on one. */
  readonly owns?: (shard: number) => boolean;
}

export interface WideRelay extends Relay {
  /** Events whose write has just resolved: published without being read again. */
  handOver(events: readonly PendingEvent[]): void;
}

/**
 * Publishes the events of a wide-column outbox. What this process wrote is handed over in memory; the table is read at the start, when memory was not
 * enough, when `wake` says that a write's fate is unknown, and every few seconds. Each reading takes a window again, because rows land later than their ids say.
 */
export function wideRelay(options: WideRelayOptions): WideRelay {
  const { wide, outbox, clock, log, sweepEveryMs = 5_000, windowMs = 20_000, owns = () => true } = options;
  const published = new RecentIds(2 * MAX_QUEUE);
  const looper = new Looper(turn);
  let queue: PendingEvent[] = [];
  let toRemove: PendingEvent[] = [];
  let removing: Promise<void> | undefined;
  /** Rows from this time on have to be read; infinite when nothing calls for it. */
  let sweepFromMs = Number.POSITIVE_INFINITY;
  /** Everything below is published. */
  let sweptMs = 0;
  /** The progress that was last written. */
  let advanced = 0;
  let ticking: Promise<void> | undefined;

  async function turn(signal: AbortSignal): Promise<boolean> {
    if (sweepFromMs < Number.POSITIVE_INFINITY) {
      const fromMs = sweepFromMs;
      sweepFromMs = Number.POSITIVE_INFINITY;
      const startedMs = clock.now();
      if (await persist(options, signal, 'reading', () => sweep(fromMs, signal))) {
        if (!signal.aborted) sweptMs = Math.max(sweptMs, startedMs - windowMs);
      }
    } else {
      await publish(queue.splice(0, PAGE), signal);
    }
    return queue.length > 0 || sweepFromMs < Number.POSITIVE_INFINITY;
  }

  async function publish(events: readonly PendingEvent[], signal: AbortSignal): Promise<boolean> {
    const fresh = events.filter((event) => !published.has(event.id));
    if (!(await publishPage(options, fresh, signal))) {
      // The relay stops: the rows are still in the table.
      return false;
    }
    for (const event of fresh) {
      published.add(event.id);
      toRemove.push(event);
    }
    if (toRemove.length >= MAX_MUTATIONS_PER_WRITE) await removePublished();
    else if (toRemove.length > 0) removing ??= removeLater();
    return true;
  }

  async function sweep(fromMs: number, signal: AbortSignal): Promise<void> {
    const firstBucket = bucketAt(fromMs);
    const fromId = idAt(fromMs);
    for (let shard = 0; shard < outbox.shards; shard++) {
      if (!owns(shard)) continue;
      for (let bucket = firstBucket; bucket <= bucketAt(clock.now()) + BUCKETS_AHEAD; bucket++) {
        for (let after = fromId; ; ) {
          const rows = await wide.range(outbox.table, { bucket, shard }, { gt: after, limit: PAGE });
          if (!(await publish(rows, signal))) return;
          if (rows.length < PAGE) break;
          after = rows.at(-1)!.id;
        }
      }
    }
  }

  async function removeLater(): Promise<void> {
    await clock.wait(REMOVE_AFTER_MS, looper.signal);
    removing = undefined;
    if (!looper.signal.aborted) await removePublished();
  }

  /** A removal that fails is only a repetition to come: the next sweep leaves it out, a restart publishes it again. */
  async function removePublished(): Promise<void> {
    const events = toRemove;
    toRemove = [];
    try {
      for (let from = 0; from < events.length; from += MAX_MUTATIONS_PER_WRITE) {
        await wide.write(events.slice(from, from + MAX_MUTATIONS_PER_WRITE).map(outbox.removal));
      }
    } catch (error) {
      log.warn({ err: error, events: events.length }, 'outbox: published rows were not removed; trying again');
      toRemove = [...events, ...toRemove].slice(0, MAX_QUEUE);
    }
  }

  async function tick(): Promise<void> {
    while (!looper.signal.aborted) {
      await clock.wait(sweepEveryMs, looper.signal);
      if (looper.signal.aborted) return;
      sweepFrom(Math.min(sweptMs, clock.now() - windowMs));
      await advance().catch((error) => log.warn({ err: error }, 'outbox: progress was not written'));
    }
  }

  /** Notes which buckets are done and drops those that are long done. */
  async function advance(): Promise<void> {
    const first = bucketAt(sweptMs);
    if (first <= advanced) return;
    for (let shard = 0; shard < outbox.shards; shard++) {
      if (!owns(shard)) continue;
      const before = await wide.get(outbox.progress, { shard });
      if (before === undefined || before.first >= first) continue;
      const dropped = Math.max(before.dropped, first - KEEP_BUCKETS);
      for (let bucket = before.dropped; bucket < dropped; bucket++) {
        await wide.dropPartition(outbox.table, { bucket, shard });
      }
      await wide.write([put(outbox.progress, { shard, first, dropped }, progressVersion(first, dropped))]);
    }
    advanced = first;
  }

  function sweepFrom(fromMs: number): void {
    sweepFromMs = Math.min(sweepFromMs, fromMs);
    looper.wake();
  }

  return {
    async start() {
      const firsts = await Promise.all(
        Array.from({ length: outbox.shards }, (_, shard) => wide.get(outbox.progress, { shard })),
      );
      const first = Math.min(...firsts.map((row) => row?.first ?? bucketAt(clock.now())));
      sweptMs = first * BUCKET_MS + ID_EPOCH_MS;
      sweepFromMs = sweptMs;
      looper.start();
      ticking ??= tick();
    },

    handOver(events) {
      for (const event of events) {
        if (!owns(outbox.shardOf(event.key))) continue;
        if (queue.length < MAX_QUEUE) queue.push(event);
        else sweepFromMs = Math.min(sweepFromMs, idTimeMs(event.id));
      }
      looper.wake();
    },

    wake: () => sweepFrom(clock.now() - windowMs),

    async drain() {
      sweepFrom(Math.min(sweptMs, clock.now() - windowMs));
      await looper.rest();
      await removePublished();
    },

    async stop() {
      await looper.stop();
      await ticking;
      await removing;
      await removePublished();
      queue = [];
    },

    async backlog(): Promise<Backlog> {
      const oldest = queue[0];
      const oldestMs = oldest === undefined ? 0 : Math.max(0, clock.now() - idTimeMs(oldest.id));
      return { count: queue.length, oldestMs };
    },
  };
}
