import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Makes metrics of one process. Labels have few values: never an id, a name or an address of a person. */
export interface Metrics {
  readonly registry: Registry;
  counter(name: string, help: string, labels?: readonly string[]): Counter<string>;
  gauge(
    name: string,
    help: string,
    labels?: readonly string[],
    collect?: (gauge: Gauge<string>) => void | Promise<void>,
  ): Gauge<string>;
  /** Durations are in seconds. */
  histogram(name: string, help: string, labels?: readonly string[], buckets?: readonly number[]): Histogram<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: [...labels], registers }),
    gauge: (name, help, labels = [], collect) =>
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers,
        ...(collect
          ? {
              collect(this: Gauge<string>) {
                return collect(this);
              },
            }
          : {}),
      }),
    histogram: (name, help, labels = [], buckets) =>
      new Histogram({ name, help, labelNames: [...labels], registers, ...(buckets ? { buckets: [...buckets] } : {}) }),
  };
}
