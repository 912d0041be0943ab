import type { Clock } from '#platform/clock/clock.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { EventBus } from '#ports/event-bus/port.ts';
import type { DomainEvent } from './event.ts';

const DELAY_BUCKETS_SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600, 3600];

type Measure = (events: readonly DomainEvent[], handle: () => Promise<void>) => Promise<void>;

interface ConsumerMetrics {
  of(group: string, clock: Clock): Measure;
}

const known = new WeakMap<Metrics, ConsumerMetrics>();

/** The metrics that all consumers of a process share: made once for each registry. */
export function consumerMetrics(metrics: Metrics): ConsumerMetrics {
  let shared = known.get(metrics);
  if (shared === undefined) {
    shared = create(metrics);
    known.set(metrics, shared);
  }
  return shared;
}

function create(metrics: Metrics): ConsumerMetrics {
  const handled = metrics.counter('plaza_events_handled_total', 'Events handled by a consumer group.', ['group']);
  const failed = metrics.counter('plaza_event_batches_failed_total', 'Batches that a consumer group failed.', [
    'group',
  ]);
  const duration = metrics.histogram('plaza_event_batch_seconds', 'Time to handle one batch.', ['group']);
  const delay = metrics.histogram(
    'plaza_event_delay_seconds',
    'From what happened to the end of its handling, for the oldest event of a batch.',
    ['group'],
    DELAY_BUCKETS_SECONDS,
  );
  return {
    of(group, clock) {
      const handledByGroup = handled.labels(group);
      const failedByGroup = failed.labels(group);
      const durationOfGroup = duration.labels(group);
      const delayOfGroup = delay.labels(group);
      return async (events, handle) => {
        const startMs = clock.monotonic();
        try {
          await handle();
        } catch (error) {
          failedByGroup.inc();
          throw error;
        }
        durationOfGroup.observe((clock.monotonic() - startMs) / 1_000);
        delayOfGroup.observe(Math.max(0, clock.now() - Date.parse(events[0]!.time)) / 1_000);
        handledByGroup.inc(events.length);
      };
    },
  };
}

/** Shows how far each group is behind. Call it once in a process that has the bus. */
export function observeLag(metrics: Metrics, bus: EventBus): void {
  metrics.gauge('plaza_event_lag', 'Events published and not yet handled by a group.', ['group'], async (gauge) => {
    // While the bus is away, what was last known goes: a number that stands still would look like consumers at rest.
    gauge.reset();
    const lags = await bus.lag().catch(() => new Map<string, number>());
    for (const [group, lag] of lags) gauge.set({ group }, lag);
  });
}
