import type { Clock } from '#platform/clock/clock.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { backoffMs, DEPENDENCY_DOWN } from '#ports/event-bus/backoff.ts';
import type { EventBus } from '#ports/event-bus/port.ts';
import type { PendingEvent } from './event.ts';
import { byTopic, inAggregateOrder } from './order.ts';

/** Events of one publish: a bounded message to a server, and a bounded job in a writer. */
const MAX_PUBLISH = 1_000;

/** What both relays need of the process. */
export interface RelayTools {
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly log: Logger;
}

/**
 * Publishes a page of events, in order, and tries again for as long as it takes: going on without them would break the order of their keys.
 * False when `signal` aborted first, or `mayGoOn` said no; then some of them may be published.
 */
export async function publishPage(
  tools: RelayTools,
  events: readonly PendingEvent[],
  signal: AbortSignal,
  mayGoOn: () => boolean = () => true,
): Promise<boolean> {
  if (events.length === 0) return true;
  tools.faults.hit('outbox.before-publish');
  for (const [topic, ofTopic] of byTopic(inAggregateOrder(events))) {
    for (let from = 0; from < ofTopic.length; from += MAX_PUBLISH) {
      const some = ofTopic.slice(from, from + MAX_PUBLISH);
      const publish = () => tools.bus.publish(topic, some);
      if (!(await persist(tools, signal, 'publishing', publish, mayGoOn))) return false;
    }
  }
  tools.faults.hit('outbox.after-publish');
  return true;
}

/** Repeats `attempt` until it succeeds (true), or `signal` aborts or `mayGoOn` says no (false), with growing pauses. */
export async function persist(
  tools: RelayTools,
  signal: AbortSignal,
  what: string,
  attempt: () => Promise<unknown>,
  mayGoOn: () => boolean = () => true,
): Promise<boolean> {
  for (let failures = 1; !signal.aborted && mayGoOn(); failures++) {
    try {
      await attempt();
      return true;
    } catch (error) {
      tools.log.warn({ err: error, failures }, `outbox: ${what} failed; trying again`);
      await tools.clock.wait(backoffMs(DEPENDENCY_DOWN, failures, tools.random), signal);
    }
  }
  return false;
}
