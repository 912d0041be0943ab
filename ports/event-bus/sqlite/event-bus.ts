import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { type Faults, noFaults } from '#platform/faults/faults.ts';
import { type Random, systemRandom } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { checkPublish, checkSubscription } from '#ports/event-bus/checks.ts';
import type { EventBus, Subscriber } from '#ports/event-bus/port.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import { DeadLetters } from './dead-letters.ts';
import { Group } from './group.ts';
import { EventLog } from './log.ts';
import { type GroupOffset, Offsets } from './offsets.ts';
import { CORE_TABLES } from './schema.ts';
import type { WorkerTools } from './worker.ts';

export interface SqliteEventBusOptions {
  /** Holds the log, the dead letters and the offsets of groups that write to core. */
  readonly core: SqliteFile;
  /** Holds the offsets of groups that write to derived. */
  readonly derived: SqliteFile;
  readonly clock: Clock;
  readonly log: Logger;
  readonly faults?: Faults;
  readonly random?: Random;
}

export interface SqliteEventBus extends EventBus {
  /**
   * Retention. Deletes events and dead letters that are older than `beforeMs` and that no group still needs; older than `capMs` goes in any
   * case, so that a group which never comes back does not fill the disk. Gives the number of deleted events.
   */
  trim(beforeMs: number, capMs: number): Promise<number>;
}

/** The embedded bus: a durable log in the core file, consumed in this process. The files stay open when it closes. */
export async function sqliteEventBus(options: SqliteEventBusOptions): Promise<SqliteEventBus> {
  const { core, derived, clock, log: logger, faults = noFaults, random = systemRandom } = options;
  const tiers = {
    core: new Offsets(core, clock, random, logger),
    derived: new Offsets(derived, clock, random, logger),
  };
  await core.define(CORE_TABLES);
  await Promise.all([tiers.core.open(), tiers.derived.open()]);

  const log = new EventLog(core, clock, (topic, partition) => largest(offsetsOf(topic, partition)));
  const deadLetters = new DeadLetters(core, clock);
  const groups = new Map<string, Group>();
  const leaving = new Set<() => Promise<void>>();
  let waiting: (() => void)[] = [];
  let closed = false;

  function changed(): void {
    if (waiting.length === 0 || !isIdle()) return;
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve();
  }

  function isIdle(): boolean {
    for (const group of groups.values()) if (!group.idle) return false;
    return true;
  }

  const tools: WorkerTools = { log, deadLetters, clock, random, faults, logger, changed };

  function* allOffsets(): Generator<GroupOffset> {
    yield* tiers.core.all();
    yield* tiers.derived.all();
  }

  function* offsetsOf(topic: string, partition: number): Generator<number> {
    for (const offset of allOffsets()) {
      if (offset.topic === topic && offset.partition === partition) yield offset.next;
    }
  }

  function refuseWhenClosed(): void {
    if (closed) throw new PlazaError('unavailable', 'The event bus is closed');
  }

  return {
    async publish(topic, events) {
      refuseWhenClosed();
      checkPublish(topic, events);
      if (events.length > 0) await log.append(topic, events);
    },

    async subscribe(subscription): Promise<Subscriber> {
      refuseWhenClosed();
      checkSubscription(subscription);
      const offsets = tiers[subscription.offsets];
      let group = groups.get(subscription.group);
      if (group === undefined) {
        group = new Group(tools);
        groups.set(subscription.group, group);
      }
      group.refuseOtherTier(subscription, offsets);
      const unknown = subscription.topics.flatMap((topic) =>
        log
          .partitions(topic)
          .filter(({ partition }) => offsets.next(subscription.group, topic, partition) === undefined)
          .map(({ partition, end }) => ({
            group: subscription.group,
            topic,
            partition,
            next: subscription.from === 'latest' ? end : 1,
          })),
      );
      // Written before the first event comes, so that a group which starts at the end still knows after a restart where that was.
      await Promise.all(unknown.map((offset) => offsets.commit(offset)));
      refuseWhenClosed();
      const leave = group.join(subscription, offsets);
      leaving.add(leave);
      return {
        async stop() {
          if (!leaving.delete(leave)) return;
          await leave();
        },
      };
    },

    async lag() {
      const lag = new Map<string, number>();
      for (const { group, topic, partition, next } of allOffsets()) {
        const { end } = log.partitions(topic)[partition]!;
        lag.set(group, (lag.get(group) ?? 0) + Math.max(0, end - next));
      }
      return lag;
    },

    deadLetters: async (limit) => deadLetters.list(limit),

    async replay(deadLetterId) {
      const letter = await deadLetters.requestReplay(deadLetterId);
      if (letter === undefined) return false;
      groups.get(letter.group)?.replay(letter);
      return true;
    },

    idle() {
      if (isIdle()) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },

    async trim(beforeMs, capMs) {
      let deleted = 0;
      for (const topic of log.topics()) {
        for (const partition of log.partitions(topic)) {
          const needed = smallest(offsetsOf(topic, partition.partition));
          deleted += await log.trim(partition, needed, beforeMs, capMs);
        }
      }
      await deadLetters.trim(capMs);
      return deleted;
    },

    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...leaving].map((leave) => leave()));
      leaving.clear();
    },
  };
}

function largest(numbers: Iterable<number>): number {
  let result = 0;
  for (const number of numbers) if (number > result) result = number;
  return result;
}

function smallest(numbers: Iterable<number>): number {
  let result = Number.POSITIVE_INFINITY;
  for (const number of numbers) if (number < result) result = number;
  return result === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : result;
}
