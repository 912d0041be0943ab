import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { PlazaError } from '#platform/errors/errors.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { GatewayConfig } from './config.ts';
import { addBodyParsers } from './http/body-parsers.ts';
import { trustedNetworks } from './http/client-address.ts';
import { errorBody, httpFault } from './http/errors.ts';
import { API_SECURITY_HEADERS, CORS_HEADERS, PRIVATE_HEADERS } from './http/headers.ts';
import { prefersHtml } from './http/prefers-html.ts';
import { boundRest } from './http/raw-limit.ts';
import { KnownAddresses } from './http/unknown-routes.ts';
import type { Route } from './route.ts';
import { observeRequests } from './telemetry.ts';

/** More than any form without files needs: the longest text, described pictures and a poll. */
const BODY_LIMIT_BYTES = 256 * 1024;
/** A slow sender is not waited for longer: headers at once, an upload of 99 MB over a weak line within. */
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 10 * 60_000;
/** Longer than load balancers keep idle connections (60 s), so that it is they who close them. */
const KEEP_ALIVE_MS = 72_000;
const MAX_PARAM_LENGTH = 300;

export interface ServerParts {
  readonly config: Pick<GatewayConfig, 'trustedProxies' | 'logOneOf'>;
  /** For the methods that an address answers to. */
  readonly routes: readonly Pick<Route, 'method' | 'url' | 'alsoAs'>[];
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly random: Random;
  /** Counts a request that no route took, and throws where there were too many. */
  readonly countUnknown: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Tells a person in a browser what went wrong. */
  readonly sendErrorPage: (failure: PlazaError, request: FastifyRequest, reply: FastifyReply) => unknown;
}

/** The HTTP server without its routes: parsing, errors, logs and figures. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const boot = randomToken(parts.random, 6);
  let requests = 0;
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustedNetworks(parts.config.trustedProxies),
    genReqId: () => `${boot}-${(requests++).toString(36)}`,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    routerOptions: {
      maxParamLength: MAX_PARAM_LENGTH,
      ignoreTrailingSlash: true,
      // The text stays as it is: routes read their parameters by their schemas.
      querystringParser: (text) => text as unknown as Record<string, unknown>,
    },
    frameworkErrors: (error, request, reply) => fail(error, request as FastifyRequest, reply as FastifyReply, parts),
    clientErrorHandler: refuseBrokenRequest,
  });
  server.server.headersTimeout = HEADERS_TIMEOUT_MS;
  await addBodyParsers(server);
  observeRequests(server, parts);
  server.addHook('onResponse', (request, _reply, done) => {
    boundRest(request.raw);
    done();
  });
  server.setErrorHandler((error, request, reply) => fail(error, request, reply, parts));
  const addresses = new KnownAddresses(parts.routes);
  server.setNotFoundHandler(async (request, reply) => {
    if (request.method !== 'OPTIONS') await parts.countUnknown(request, reply);
    return addresses.answer(request, reply);
  });
  return server;
}

function fail(error: unknown, request: FastifyRequest, reply: FastifyReply, { log, sendErrorPage }: ServerParts) {
  const requestId = request.id;
  const failure = httpFault(error) ?? unexpected(error, requestId, log);
  if (failure.status >= 500 && failure.code !== 'internal') log.warn({ requestId, err: failure }, 'a request failed');
  if (prefersHtml(request.headers.accept, request.url)) return sendErrorPage(failure, request, reply);
  return reply
    .code(failure.status)
    .headers({
      ...CORS_HEADERS,
      ...API_SECURITY_HEADERS,
      ...PRIVATE_HEADERS,
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': requestId,
      ...(failure.status === 401 ? { 'www-authenticate': 'Bearer realm="Plaza"' } : {}),
      ...(failure.status === 503 ? { 'retry-after': '5' } : {}),
    })
    .send(errorBody(failure));
}

function unexpected(error: unknown, requestId: string, log: Logger): PlazaError {
  log.error({ err: error, requestId }, 'a request failed unexpectedly');
  return new PlazaError('internal', 'Something went wrong', { description: `request ${requestId}` });
}

/** Answers what is not HTTP at all. The socket is closed: nothing after it can be trusted. */
function refuseBrokenRequest(error: Error & { code?: string }, socket: import('node:net').Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({ error: tooLarge ? 'The headers are too large' : 'Bad request' });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
