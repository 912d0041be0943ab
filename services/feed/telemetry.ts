import type { Metrics } from '#platform/telemetry/metrics.ts';

/** What the feed tells about itself. */
export interface FeedTelemetry {
  /** A post's last home entry was written, this long after the post was made. */
  delivered(lagMs: number): void;
  /** Home entries written. */
  entriesWritten(count: number): void;
  /** A home was put together for a reader who is new or came back. */
  rebuilt(): void;
}

const LAG_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600];

export function feedTelemetry(metrics: Metrics): FeedTelemetry {
  const lag = metrics.histogram(
    'plaza_feed_delivery_lag_seconds',
    'From the making of a post to the writing of its last home entry.',
    [],
    LAG_BUCKETS_SECONDS,
  );
  const entries = metrics.counter('plaza_feed_entries_written_total', 'Home entries written by pushes.');
  const rebuilds = metrics.counter('plaza_feed_rebuilds_total', 'Homes rebuilt for readers who are new or came back.');
  return {
    delivered: (lagMs) => lag.observe(Math.max(0, lagMs) / 1_000),
    entriesWritten: (count) => entries.inc(count),
    rebuilt: () => rebuilds.inc(),
  };
}
