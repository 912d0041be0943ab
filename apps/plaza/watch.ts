import type { Config } from '#platform/config/config.ts';
import type { Ports } from '#platform/lifecycle/platform.ts';
import { observeLag } from '#platform/outbox/consumer-metrics.ts';
import { observeRelays, type Relay } from '#platform/outbox/relay.ts';
import { startInternalServer } from '#platform/telemetry/http.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';

interface Watched {
  readonly config: Config;
  readonly metrics: Metrics;
  readonly ports: Ports;
  readonly relays: ReadonlyMap<string, Relay>;
  readonly log: Logger;
}

/** Metrics and health on loopback. The default port being taken is no reason not to serve people. */
export async function startWatching({ config, metrics, ports, relays, log }: Watched) {
  observeLag(metrics, ports.bus);
  observeRelays(metrics, relays);
  if (config.metricsPort === 'off') return { address: undefined, stop: async () => {} };
  try {
    const server = await startInternalServer({
      port: config.metricsPort,
      metrics,
      log,
      checks: { bus: async () => void (await ports.bus.lag()) },
    });
    return { address: `http://127.0.0.1:${server.port}`, stop: () => server.stop() };
  } catch (error) {
    if (config.given.has('metricsPort') || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    log.warn({ port: config.metricsPort }, 'the metrics port is in use: starting without metrics');
    return { address: undefined, stop: async () => {} };
  }
}
