import type { Clock } from '#platform/clock/clock.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';

type Measure = (events: number, publish: () => Promise<void>) => Promise<void>;

/** Times and counts what this process publishes, and shows how many partitions wait for their consumers. */
export function publishMetrics(metrics: Metrics | undefined, clock: Clock, paused: () => number): Measure {
  if (metrics === undefined) return (_events, publish) => publish();
  const duration = metrics.histogram(
    'plaza_event_publish_seconds',
    'Until all replicas in sync had what was published.',
  );
  const published = metrics.counter('plaza_events_published_total', 'Events written to the bus.');
  const failed = metrics.counter('plaza_event_publishes_failed_total', 'Publishes that the bus did not take.');
  metrics.gauge('plaza_event_partitions_paused', 'Partitions whose consumer is behind and that wait.', [], (gauge) =>
    gauge.set(paused()),
  );
  return async (events, publish) => {
    const startMs = clock.monotonic();
    try {
      await publish();
    } catch (error) {
      failed.inc();
      throw error;
    }
    duration.observe((clock.monotonic() - startMs) / 1_000);
    published.inc(events);
  };
}
