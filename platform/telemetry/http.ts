import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface InternalServerOptions {
  /** `0` takes any free port. */
  readonly port: number;
  /** Loopback: what it tells is for the operator only. */
  readonly host?: string;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Whether this process wants requests; it always does unless this says no. */
  readonly readiness?: { readonly ready: boolean };
  /** By name, what must work for this process to take requests. Each resolves when it works and rejects when it does not. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  /** Without it, nobody is served who asks this process to finish its work. */
  readonly drain?: DrainOnRequest;
}

/** How an operator asks a process to finish what is due. */
export interface DrainOnRequest {
  /** By the `authorization` header: unlike everything else here, it makes work. */
  mayAsk(authorization: string | undefined): boolean;
  /** Resolves when nothing that this process has to do is due. */
  run(): Promise<void>;
}

/** Asked with `POST`; answered when it is done. */
export const DRAIN_PATH = '/drain';

export interface InternalServer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * What the operator's tools ask: `/metrics` (Prometheus text), `/livez`, also `/healthz` (200 while the process can answer at all: restart it when not) and `/readyz` (200
 * when every check passes, else 503 and the names of those that do not: send no requests meanwhile). `POST /drain` answers 204 when nothing is due.
 */
export async function startInternalServer(options: InternalServerOptions): Promise<InternalServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error) => {
      options.log.error({ err: error, url: request.url }, 'an internal page failed');
      send(response, 500, 'text/plain', 'failed\n');
    });
  });
  await listen(server, options.port, options.host ?? '127.0.0.1');
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  { method = '', url = '', headers }: IncomingMessage,
  response: ServerResponse,
  options: InternalServerOptions,
): Promise<void> {
  const { drain } = options;
  if (drain !== undefined && method === 'POST' && url === DRAIN_PATH) {
    if (!drain.mayAsk(headers.authorization)) return send(response, 401, 'text/plain', 'not from Plaza\n');
    await drain.run();
    return send(response, 204, 'text/plain', '');
  }
  if (method !== 'GET' && method !== 'HEAD') return send(response, 405, 'text/plain', 'GET only\n');
  const [path] = url.split('?');
  if (path === '/livez' || path === '/healthz') return send(response, 200, 'text/plain', 'ok\n');
  if (path === '/readyz') return readiness(response, options);
  if (path !== '/metrics') return send(response, 404, 'text/plain', 'Here are /metrics, /livez and /readyz.\n');
  const { registry } = options.metrics;
  send(response, 200, registry.contentType, await registry.metrics());
}

async function readiness(
  response: ServerResponse,
  { readiness: wanted, checks, log }: InternalServerOptions,
): Promise<void> {
  if (wanted?.ready === false) return send(response, 503, 'text/plain', 'not ready\n');
  const lines = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await check();
        return { name, ready: true };
      } catch (error) {
        log.warn({ err: error, check: name }, 'not ready');
        return { name, ready: false };
      }
    }),
  );
  const ready = lines.every((line) => line.ready);
  const body = lines.map((line) => `${line.name}: ${line.ready ? 'ok' : 'not ready'}\n`).join('');
  send(response, ready ? 200 : 503, 'text/plain', body || 'ok\n');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
