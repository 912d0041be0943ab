import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { type Faults, noFaults } from '#platform/faults/faults.ts';
import { type Random, systemRandom } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import { checkPublish, checkSubscription } from '#ports/event-bus/checks.ts';
import type { EventBus, Subscriber, Subscription } from '#ports/event-bus/port.ts';
import { kafkaAddress, type TlsFiles } from './address.ts';
import { KafkaClient } from './client.ts';
import { DeadLetters } from './dead-letters.ts';
import { answered, unavailable } from './errors.ts';
import { areDone, lagOfGroups } from './lag.ts';
import { Member } from './member.ts';
import { publishMetrics } from './metrics.ts';
import { Origin } from './origin.ts';
import { placeKey } from './partitions.ts';
import { commit, committed, edges, type Positions, placesOf } from './positions.ts';
import { KafkaProducer } from './producer.ts';
import { createTopics, OWN_TOPICS, RETRY_TOPIC, type TopicReport, type TopicSettings } from './topics.ts';

export interface KafkaEventBusOptions {
  /** `kafka://user:password@host:9092,host:9092?replication=3`; see `kafkaAddress`. */
  readonly url: string;
  readonly tls?: TlsFiles;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random?: Random;
  readonly faults?: Faults;
  readonly metrics?: Metrics;
}

export interface KafkaEventBus extends EventBus {
  /** Creates those topics that are missing, and those that the bus needs for itself. Does nothing to those that exist. */
  ensureTopics(topics: readonly TopicSettings[]): Promise<TopicReport[]>;
}

const IDLE_POLL_MS = 100;

/**
 * The bus of a cluster. Opening it asks nobody: brokers that are away show in the first call, as `unavailable`.
 * @throws RangeError when the address is not as it should be
 */
export function openKafkaEventBus(options: KafkaEventBusOptions): KafkaEventBus {
  const { clock, log: logger, random = systemRandom, faults = noFaults } = options;
  const address = kafkaAddress(options.url, options.tls);
  const client = new KafkaClient(address, clock);
  const producer = new KafkaProducer(address);
  const origin = new Origin();
  const deadLetters = new DeadLetters({ client, producer, clock, origin });
  const members = new Map<Member, () => Promise<void>>();
  const measured = publishMetrics(options.metrics, clock, () =>
    [...members.keys()].reduce((sum, { paused }) => sum + paused, 0),
  );
  let closed = false;

  function refuseWhenClosed(): void {
    if (closed) throw new PlazaError('unavailable', 'The event bus is closed');
  }

  /** Where a new group begins, written while it has no members, so that its first member need not be there to remember it. */
  async function firstPositions({ group, topics, from }: Subscription): Promise<Positions> {
    const known = (await committed(client, [group])).get(group);
    const places = [...(await placesOf(client, topics)), { topic: RETRY_TOPIC.name, partition: 0 }];
    const missing = places.filter((place) => known?.has(placeKey(place)) !== true);
    if (missing.length === 0) return new Map();
    const retries = missing.filter(({ topic }) => topic === RETRY_TOPIC.name);
    const others = missing.filter(({ topic }) => topic !== RETRY_TOPIC.name);
    const first = new Map([...(await edges(client, others, from)), ...(await edges(client, retries, 'latest'))]);
    const positions = missing.map((place) => ({ ...place, next: first.get(placeKey(place))! }));
    try {
      await commit(client, group, positions);
    } catch (error) {
      // It has members by now: they have written theirs, or will.
      if (!answered(error, 'UNKNOWN_MEMBER_ID', 'STALE_MEMBER_EPOCH', 'ILLEGAL_GENERATION')) throw error;
    }
    return first;
  }

  return {
    async publish(topic, events) {
      refuseWhenClosed();
      checkPublish(topic, events);
      await measured(events.length, () => producer.send(topic, events));
    },

    async subscribe(subscription): Promise<Subscriber> {
      refuseWhenClosed();
      checkSubscription(subscription);
      let first: Positions;
      try {
        await origin.learn(client);
        first = await firstPositions(subscription);
      } catch (error) {
        throw unavailable(`Group ${subscription.group} cannot begin (topics are created by \`plaza topics\`)`, error);
      }
      refuseWhenClosed();
      const tools = { client, deadLetters, clock, random, faults, logger };
      const member = new Member(
        tools,
        underOrigin(subscription, origin),
        [...subscription.topics, RETRY_TOPIC.name],
        first,
      );
      member.start();
      let stopping: Promise<void> | undefined;
      const stop = () => {
        stopping ??= member.stop().finally(() => members.delete(member));
        return stopping;
      };
      members.set(member, stop);
      return { stop };
    },

    lag: () => guarded('The lag cannot be read', () => lagOfGroups(client)),
    deadLetters: (limit) => guarded('Dead letters cannot be read', () => deadLetters.list(limit)),
    replay: (id) => guarded('Dead letters cannot be read', () => deadLetters.replay(id)),

    async idle() {
      for (;;) {
        try {
          if (await areDone(client, topicsByGroup(members.keys()))) return;
        } catch (error) {
          logger.debug({ err: error }, 'waiting for the brokers');
        }
        if (closed) return;
        await clock.wait(IDLE_POLL_MS);
      }
    },

    ensureTopics: (topics) =>
      guarded('Topics cannot be created', () => createTopics(client, [...topics, ...OWN_TOPICS], address.replication)),

    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...members.values()].map((stop) => stop()));
      await producer.close();
      await client.close();
    },
  };
}

/** Hands events over under the offsets that consumers know. */
function underOrigin(subscription: Subscription, origin: Origin): Subscription {
  if (origin.first === 0) return subscription;
  return {
    ...subscription,
    handle: (events) => subscription.handle(events.map((event) => ({ ...event, offset: origin.offsetOf(event) }))),
  };
}

function topicsByGroup(members: Iterable<Member>): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { subscription, topics } of members) {
    groups.set(subscription.group, new Set([...(groups.get(subscription.group) ?? []), ...topics]));
  }
  return groups;
}

async function guarded<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw unavailable(what, error);
  }
}
