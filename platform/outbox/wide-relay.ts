import { ID_EPOCH_MS, idTimeMs } from '#platform/ids/ids.ts';
import { MAX_MUTATIONS_PER_WRITE, put, type WideColumn } from '#ports/wide-column/port.ts';
import type { PendingEvent } from './event.ts';
import { Looper } from './looper.ts';
import type { RelayTools } from './publisher.ts';
import type { Backlog, Relay } from './relay.ts';
import { ShardRelay } from './shard-relay.ts';
import { BUCKET_MS, bucketAt, progressVersion, type WideOutbox } from './wide-outbox.ts';

/** Published rows are removed together, this much later: repeating half a second of events after a crash costs less than a write for each. */
const REMOVE_AFTER_MS = 500;
/** Published rows that wait to be removed while the store refuses. More are forgotten: they would be published again after a restart. */
const MAX_TO_REMOVE = 50_000;
/** How long a shard's partitions outlive their last event, so that a write that lands late meets its removal and not an empty place. */
const KEEP_BUCKETS = 60;

export interface WideRelayOptions extends RelayTools {
  readonly wide: WideColumn;
  readonly outbox: WideOutbox;
  /** How often the table is read for what nobody handed over: a write whose fate was unknown, another process's. */
  readonly sweepEveryMs?: number;
  /** How late a row may land behind its id: the longest request, timeouts and clock skew. */
  readonly windowMs?: number;
  /** Events held in memory, of all shards. */
  readonly maxQueue?: number;
  /** Whether this process holds the lease of a shard. Two relays never work on one. */
  readonly owns?: (shard: number) => boolean;
}

export interface WideRelay extends Relay {
  /** Events whose write has just resolved: published without being read again. `wake` is for writes whose fate is unknown. */
  handOver(events: readonly PendingEvent[]): void;
}

/**
 * Publishes the events of a wide-column outbox. What this process wrote is handed over in memory; the table is read at the start, when memory was not
 * enough, when `wake` says that a write's fate is unknown, and every few seconds. Each reading takes a window again, because rows land later than their ids say.
 */
export function wideRelay(options: WideRelayOptions): WideRelay {
  const { wide, outbox, clock, log, sweepEveryMs = 5_000, owns = () => true } = options;
  const { windowMs = 20_000 } = options;
  const maxQueue = Math.ceil((options.maxQueue ?? 10_000) / outbox.shards);
  const looper = new Looper(turn);
  const shards = Array.from(
    { length: outbox.shards },
    (_, number) => new ShardRelay(number, { ...options, windowMs, maxQueue, published: removeSoon }),
  );
  const owned = () => shards.filter((shard) => owns(shard.number));
  /** The progress that was last written, by shard. */
  const noted = new Map<number, number>();
  let toRemove: PendingEvent[] = [];
  let removing: Promise<void> | undefined;
  let removals: Promise<void> = Promise.resolve();
  let ticking: Promise<void> | undefined;

  async function turn(signal: AbortSignal): Promise<boolean> {
    for (const shard of owned()) if (shard.hasWork) await shard.step(signal);
    if (toRemove.length >= MAX_MUTATIONS_PER_WRITE) await removePublished();
    return owned().some((shard) => shard.hasWork);
  }

  function removeSoon(events: readonly PendingEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) toRemove.push(event);
    removing ??= removeLater();
  }

  async function removeLater(): Promise<void> {
    await clock.wait(REMOVE_AFTER_MS, looper.signal);
    removing = undefined;
    if (!looper.signal.aborted) await removePublished();
  }

  /** Removals follow one another, so that whoever waits for his own has waited for all. */
  function removePublished(): Promise<void> {
    removals = removals.then(removeNow);
    return removals;
  }

  /** A removal that fails is only a repetition to come: a reading leaves out what was published lately, a restart publishes it again. */
  async function removeNow(): Promise<void> {
    const events = toRemove;
    toRemove = [];
    try {
      for (let from = 0; from < events.length; from += MAX_MUTATIONS_PER_WRITE) {
        await wide.write(events.slice(from, from + MAX_MUTATIONS_PER_WRITE).map(outbox.removal));
      }
    } catch (error) {
      log.warn({ err: error, events: events.length }, 'outbox: published rows were not removed; trying again');
      toRemove = [...events, ...toRemove].slice(-MAX_TO_REMOVE);
    }
  }

  async function tick(): Promise<void> {
    while (!looper.signal.aborted) {
      await clock.wait(sweepEveryMs, looper.signal);
      if (looper.signal.aborted) return;
      readWindow(false);
      await noteProgress().catch((error) => log.warn({ err: error }, 'outbox: progress was not written'));
    }
  }

  function readWindow(goBack: boolean): void {
    for (const shard of shards) shard.readFrom(Math.min(shard.sweptMs, clock.now() - windowMs), goBack);
    looper.wake();
  }

  /** Notes which buckets are done and drops those that are long done. */
  async function noteProgress(): Promise<void> {
    for (const { number: shard, sweptMs } of owned()) {
      const first = bucketAt(sweptMs);
      if (first <= (noted.get(shard) ?? 0)) continue;
      const before = await wide.get(outbox.progress, { shard });
      if (before !== undefined && before.first < first) {
        const dropped = Math.max(before.dropped, first - KEEP_BUCKETS);
        for (let bucket = before.dropped; bucket < dropped; bucket++) {
          await wide.dropPartition(outbox.table, { bucket, shard });
        }
        await wide.write([put(outbox.progress, { shard, first, dropped }, progressVersion(first, dropped))]);
      }
      noted.set(shard, first);
    }
  }

  return {
    async start() {
      for (const shard of shards) {
        const progress = await wide.get(outbox.progress, { shard: shard.number });
        // Further back than what is noted as done: with a clock that was set back, later events stand in earlier buckets. Empty ones cost next to nothing.
        const first = Math.min(progress?.dropped ?? Number.POSITIVE_INFINITY, bucketAt(clock.now()) - KEEP_BUCKETS);
        shard.sweptMs = Math.max(0, first) * BUCKET_MS + ID_EPOCH_MS;
        shard.readFrom(shard.sweptMs);
      }
      looper.start();
      ticking ??= tick();
    },

    handOver(events) {
      for (const event of events) {
        const shard = shards[outbox.shardOf(event.key)]!;
        if (owns(shard.number)) shard.handOver(event);
      }
      looper.wake();
    },

    wake: () => readWindow(true),

    async drain() {
      readWindow(true);
      await looper.rest();
      await removePublished();
    },

    async stop() {
      await looper.stop();
      await ticking;
      await removing;
      await removePublished();
    },

    async backlog(): Promise<Backlog> {
      let count = 0;
      let oldestMs = 0;
      for (const { pending, oldest } of owned()) {
        count += pending;
        if (oldest !== undefined) oldestMs = Math.max(oldestMs, clock.now() - idTimeMs(oldest.id));
      }
      return { count, oldestMs };
    },
  };
}
