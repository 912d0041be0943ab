import type { FastifyInstance } from 'fastify';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Parts {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly config: { readonly logOneOf: number };
}

/** Rate and latency by method, route template and status class; a line for one of so many requests, and for each that failed by our fault. */
export function observeRequests(server: FastifyInstance, { log, metrics, config }: Parts): void {
  const durations = metrics.histogram(
    'plaza_gateway_request_seconds',
    'Time from the first byte of a request to the last byte of its answer.',
    ['method', 'route', 'status'],
    BUCKETS,
  );
  // Looking a child up by its labels costs more than observing: each is looked up once.
  const children = new Map<string, { observe(seconds: number): void }>();
  let untilLog = config.logOneOf;

  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    const key = `${request.method} ${route} ${status}`;
    let child = children.get(key);
    if (child === undefined) {
      child = durations.labels(request.method, route, status);
      children.set(key, child);
    }
    const elapsedMs = reply.elapsedTime;
    child.observe(elapsedMs / 1_000);
    untilLog -= 1;
    if (reply.statusCode >= 500 || untilLog === 0) {
      log.info(
        {
          requestId: request.id,
          method: request.method,
          route,
          status: reply.statusCode,
          elapsedMs: Math.round(elapsedMs),
        },
        'request',
      );
    }
    if (untilLog <= 0) untilLog = config.logOneOf;
    done();
  });
}
