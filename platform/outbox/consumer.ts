import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { EventType } from '#contracts/events/define.ts';
import { Envelope } from '#contracts/events/define.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { EventBus, IncomingEvent, Subscriber, Subscription } from '#ports/event-bus/port.ts';
import { consumerMetrics } from './consumer-metrics.ts';
import type { DomainEvent } from './event.ts';
import { withTrace } from './trace.ts';

/** An event of a known type, checked, with its place on the bus. */
export interface ConsumedEvent<D = unknown> extends DomainEvent<D> {
  readonly topic: string;
  readonly partition: number;
  /** Grows within the partition, so for each subject: a version for rows derived from this event. */
  readonly offset: number;
}

/** What a consumer does with one type of event. */
export interface EventHandler {
  readonly event: EventType;
  readonly check: (data: unknown) => boolean;
  readonly handle: ((event: ConsumedEvent<never>) => Promise<void>) | undefined;
}

/** Handles events of one type, one at a time. */
export function on<D extends TSchema>(
  event: EventType<D>,
  handle: (event: ConsumedEvent<Static<D>>) => Promise<void>,
): EventHandler {
  return { event, check: checkOf(event), handle };
}

/** Takes part in `handleBatch`. */
export function takes(...events: readonly EventType[]): EventHandler[] {
  return events.map((event) => ({ event, check: checkOf(event), handle: undefined }));
}

export interface ConsumerOptions {
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Named like `feed` or `notification-push`; stable for ever, since its offsets hang on it. */
  readonly group: string;
  /** The tier that holds what this consumer writes. */
  readonly tier: Subscription['offsets'];
  readonly from?: Subscription['from'];
  readonly maxBatch?: number;
  readonly concurrency?: number;
  readonly handlers: readonly EventHandler[];
  /** With it, the known events of a batch come together and in order; handlers made by `takes` name them. */
  readonly handleBatch?: (events: readonly ConsumedEvent[]) => Promise<void>;
}

const DEFAULT_BATCH = 100;

/**
 * Subscribes to the topics of its handlers. Types that nobody here knows are passed over, because a newer program may publish them; an event
 * of a known type that does not fit its schema fails, and ends among the dead letters.
 */
export async function startConsumer(options: ConsumerOptions): Promise<Subscriber> {
  const { bus, group, handlers, handleBatch } = options;
  const byType = new Map<string, EventHandler>();
  for (const handler of handlers) {
    if (byType.has(handler.event.type)) throw new Error(`${group}: two handlers of ${handler.event.type}`);
    if (handler.handle === undefined && handleBatch === undefined) {
      throw new Error(`${group}: nobody handles ${handler.event.type}`);
    }
    byType.set(handler.event.type, handler);
  }
  const measured = consumerMetrics(options.metrics).of(group, options.clock);
  return bus.subscribe({
    group,
    topics: [...new Set(handlers.map((handler) => handler.event.topic))],
    from: options.from ?? 'earliest',
    offsets: options.tier,
    maxBatch: options.maxBatch ?? DEFAULT_BATCH,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    async handle(incoming) {
      const events = readKnown(incoming, byType);
      if (events.length === 0) return;
      await measured(events, async () => {
        if (handleBatch !== undefined) await withTrace(group, events[0]!, () => handleBatch(events));
        for (const event of events) {
          const handle = byType.get(event.type)!.handle as ((event: ConsumedEvent) => Promise<void>) | undefined;
          if (handle !== undefined) await withTrace(group, event, () => handle(event));
        }
      });
    },
  });
}

const envelope = Compile(Envelope);

function readKnown(incoming: readonly IncomingEvent[], byType: ReadonlyMap<string, EventHandler>): ConsumedEvent[] {
  const events: ConsumedEvent[] = [];
  for (const { body, topic, partition, offset, id } of incoming) {
    const event: unknown = JSON.parse(body);
    if (!envelope.Check(event)) throw new Error(`event ${id} of ${topic} is no CloudEvent of ours`);
    const handler = byType.get(event.type);
    if (handler === undefined) continue;
    if (!handler.check(event.data)) throw new Error(`event ${id} does not fit the schema of ${event.type}`);
    events.push(Object.assign(event, { topic, partition, offset }));
  }
  return events;
}

const checks = new WeakMap<EventType, (data: unknown) => boolean>();

function checkOf(event: EventType): (data: unknown) => boolean {
  let check = checks.get(event);
  if (check === undefined) {
    const compiled = Compile(event.data);
    check = (data) => compiled.Check(data);
    checks.set(event, check);
  }
  return check;
}
