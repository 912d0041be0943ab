import { observeLag } from '#platform/outbox/consumer-metrics.ts';
import { observeRelays, type Relay } from '#platform/outbox/relay.ts';
import { type DrainOnRequest, startInternalServer } from '#platform/telemetry/http.ts';
import type { PortName } from '../ports/names.ts';
import type { Foundation } from './foundation.ts';

/** Metrics and health. The default port being taken is no reason not to serve people. */
export async function startWatching(
  foundation: Foundation,
  needed: readonly PortName[],
  relays: ReadonlyMap<string, Relay>,
  drain?: DrainOnRequest,
) {
  const { config, platform, ports, opened, readiness } = foundation;
  const { metrics, log } = platform;
  if (needed.includes('bus')) observeLag(metrics, ports.bus);
  observeRelays(metrics, relays);
  if (config.metricsPort === 'off') return { address: undefined, stop: async () => {} };
  const host = config.metricsHost;
  // A server that is away is away for every process: taking all of them out of the load balancer would answer nobody. They say themselves what they cannot do.
  const checks: Record<string, () => Promise<void>> = {};
  if (opened.embedded !== undefined) checks.bus = async () => void (await ports.bus.lag());
  try {
    const server = await startInternalServer({
      ...{ host, port: config.metricsPort, metrics, log, readiness, checks },
      ...(drain === undefined ? {} : { drain }),
    });
    return { address: `http://${host}:${server.port}`, stop: () => server.stop() };
  } catch (error) {
    if (config.given.has('metricsPort') || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    log.warn({ port: config.metricsPort }, 'the metrics port is in use: starting without metrics');
    return { address: undefined, stop: async () => {} };
  }
}
