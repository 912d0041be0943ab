import { compareIds, idTimeMs } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import { MAX_MUTATIONS_PER_WRITE, type WideColumn } from '#ports/wide-column/port.ts';
import type { PendingEvent } from './event.ts';
import { Looper } from './looper.ts';
import { persist, type RelayTools } from './publisher.ts';
import type { Backlog, Relay } from './relay.ts';
import { everyShard, leaseShards } from './shard-leases.ts';
import { ShardProgress } from './shard-progress.ts';
import { ShardRelay } from './shard-relay.ts';
import { standing } from './standing.ts';
import type { WideOutbox } from './wide-outbox.ts';

/** Published rows are removed together, this much later: repeating half a second of events after a crash costs less than a write for each. */
const REMOVE_AFTER_MS = 500;
/** Published rows that wait to be removed while the store refuses. More are forgotten: they would be published again after a restart. */
const MAX_TO_REMOVE = 50_000;
/** How often the table is read for what nobody handed over: a write whose fate was unknown. */
const SWEEP_EVERY_MS = 5_000;
/** The same where other processes write too, whose events wait for it. */
const SWEEP_FOR_OTHERS_EVERY_MS = 500;
/** A backlog that is larger is not counted to its end. */
const MOST_COUNTED = 4_096;

export interface WideRelayOptions extends RelayTools {
  readonly wide: WideColumn;
  readonly outbox: WideOutbox;
  readonly sweepEveryMs?: number;
  /** How late a row may land behind its id: the longest request, timeouts and clock skew. */
  readonly windowMs?: number;
  /** Events held in memory, of all shards. */
  readonly maxQueue?: number;
  /** How often everything that still stands in the outbox is looked through. */
  readonly reconcileEveryMs?: number;
  /** Of a store that several processes write to: where they lease its shards, so that two relays never work on one. */
  readonly sharedBy?: Relational | undefined;
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
  const { wide, outbox, clock, log, sharedBy, windowMs = 20_000, reconcileEveryMs = 300_000 } = options;
  const { sweepEveryMs = sharedBy === undefined ? SWEEP_EVERY_MS : SWEEP_FOR_OTHERS_EVERY_MS } = options;
  const maxQueue = Math.ceil((options.maxQueue ?? 10_000) / outbox.shards);
  const looper = new Looper(turn);
  const shards = Array.from({ length: outbox.shards }, (_, number) => {
    const owns = () => leases.owns(number);
    return new ShardRelay(number, { ...options, windowMs, maxQueue, owns, published: removeSoon });
  });
  const progress = new ShardProgress({ wide, outbox, clock, log, windowMs });
  let leases = everyShard;
  const owned = () => shards.filter((shard) => leases.owns(shard.number));
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
      removing ??= removeLater();
    }
  }

  async function tick(): Promise<void> {
    let reconciledMs = clock.monotonic();
    while (!looper.signal.aborted) {
      await clock.wait(sweepEveryMs, looper.signal);
      if (looper.signal.aborted) return;
      readWindow(false);
      const isDue = clock.monotonic() - reconciledMs >= reconcileEveryMs;
      if (isDue) reconciledMs = clock.monotonic();
      try {
        for (const shard of owned()) await progress.note(shard);
        if (isDue) for (const shard of owned()) await progress.reconcile(shard);
        looper.wake();
      } catch (error) {
        log.warn({ err: error }, 'outbox: progress was not noted');
      }
    }
  }

  /** Gives what each shard was asked for, by its number. */
  function readWindow(goBack: boolean): number[] {
    const asked = shards.map((shard) => shard.readFrom(Math.min(shard.sweptMs, clock.now() - windowMs), goBack));
    looper.wake();
    return asked;
  }

  function rowsOf(shard: number): AsyncGenerator<PendingEvent> {
    return standing({ wide, outbox, nowMs: clock.now() }, shard);
  }

  async function backlogOf(shard: ShardRelay): Promise<Backlog> {
    let count = 0;
    let oldestMs = 0;
    for await (const { id } of rowsOf(shard.number)) {
      if (shard.hasPublished(id)) continue;
      oldestMs = Math.max(oldestMs, clock.now() - idTimeMs(id));
      if (++count >= MOST_COUNTED / shards.length) break;
    }
    return { count, oldestMs };
  }

  /** The newest event that stands in each shard. */
  async function newestStanding(): Promise<Map<number, string>> {
    const newest = new Map<number, string>();
    await persist(options, looper.signal, 'reading', async () => {
      for (const { number } of shards) for await (const { id } of rowsOf(number)) newest.set(number, id);
    });
    return newest;
  }

  /** Who leads a shard may be dead: what it left is published when its lease is over, perhaps by this process. */
  async function untilGone(newest: ReadonlyMap<number, string>): Promise<void> {
    for (const [shard, last] of newest) {
      for (let stands = true; stands && !looper.signal.aborted; ) {
        await persist(options, looper.signal, 'reading', async () => {
          const { value: oldest } = await rowsOf(shard).next();
          stands = oldest !== undefined && compareIds(oldest.id, last) <= 0;
        });
        if (stands) await clock.wait(SWEEP_FOR_OTHERS_EVERY_MS, looper.signal);
      }
    }
  }

  return {
    async start() {
      if (sharedBy !== undefined) {
        const gained = (shard: number) => {
          shards[shard]!.beginAgain();
          looper.wake();
        };
        const { service } = outbox;
        leases = await leaseShards({ ...options, relational: sharedBy, service, shards: outbox.shards, gained });
      }
      looper.start();
      ticking ??= tick();
    },

    handOver(events) {
      for (const event of events) {
        const shard = shards[outbox.shardOf(event.key)]!;
        if (leases.owns(shard.number)) shard.handOver(event);
      }
      looper.wake();
    },

    wake: () => void readWindow(true),

    async drain() {
      const written = sharedBy === undefined ? undefined : await newestStanding();
      const asked = readWindow(true);
      // A store that is slow takes longer for a reading than the next one waits.
      await looper.rest(() => owned().every((shard) => shard.hasAnswered(asked[shard.number]!)));
      await removePublished();
      if (written !== undefined) await untilGone(written);
    },

    async stop() {
      await looper.stop();
      await ticking;
      await removing;
      await removePublished();
      await leases.stop();
    },

    async backlog(): Promise<Backlog> {
      try {
        const backlogs = await Promise.all(shards.map(backlogOf));
        return {
          count: backlogs.reduce((sum, { count }) => sum + count, 0),
          oldestMs: Math.max(...backlogs.map(({ oldestMs }) => oldestMs)),
        };
      } catch (error) {
        log.warn({ err: error }, 'outbox: its backlog is unknown');
        return { count: Number.NaN, oldestMs: Number.NaN };
      }
    },
  };
}
