import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { systemClock } from '#platform/clock/system-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { closeServer } from '#platform/lifecycle/close-server.ts';
import type { CallContext } from './context.ts';
import type { ServiceApi, ServiceContract } from './contract.ts';
import { callFailure, unavailable } from './failures.ts';
import { type InProcessOptions, inProcessClient, type UntypedApi } from './in-process.ts';
import { knowsSecret } from './secret.ts';
import {
  CALL_PATH,
  CALLER_HEADER,
  DEADLINE_HEADER,
  decodeCaller,
  encodeError,
  MAX_CALL_BYTES,
  MAX_REQUEST_ID_LENGTH,
  NOT_STARTED_HEADER,
  REQUEST_ID_HEADER,
  TRACEPARENT_HEADER,
} from './wire.ts';

export interface CallServerOptions extends InProcessOptions {
  /** Shared by all processes of one Plaza: whoever knows it may speak for any account, so a call without it is refused. */
  readonly secret: string;
  /** Loopback unless services run on several machines. */
  readonly host?: string;
  readonly port?: number;
}

export interface CallServer {
  readonly origin: string;
  /** Lets running calls finish, then closes. */
  stop(): Promise<void>;
}

/** Longer than a client keeps an idle connection, so that the server never closes one on which a call has just been sent. */
const KEEP_ALIVE_MS = 72_000;

/** Offers a service to other processes. Input, deadline and errors are handled by the very code that handles calls inside a process. */
export async function startCallServer<C extends ServiceContract>(
  contract: C,
  api: ServiceApi<C>,
  options: CallServerOptions,
): Promise<CallServer> {
  const calls = inProcessClient(contract, api, options) as UntypedApi;
  const server = Fastify({
    bodyLimit: MAX_CALL_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    logger: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
  let stopping = false;
  const isFromPlaza = knowsSecret(options.secret);
  server.addHook('onRequest', async (request, reply) => {
    if (!isFromPlaza(request.headers.authorization))
      throw new PlazaError('unauthenticated', 'This call is not from Plaza');
    if (!stopping) return;
    reply.headers({ connection: 'close', [NOT_STARTED_HEADER]: '1' });
    throw unavailable(`${contract.name} is stopping`);
  });
  answerErrors(server, contract.name, options);

  for (const [name, call] of Object.entries(calls)) {
    server.post(`${CALL_PATH}${name}`, async (request, reply) => {
      const output = await call(request.body, contextOf(request, options));
      if (output === undefined) return reply.code(204).send();
      return reply.type('application/json').send(JSON.stringify(output));
    });
  }

  await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const { address, port, family } = server.server.address() as AddressInfo;
  return {
    origin: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    stop: () => {
      stopping = true;
      return closeServer(server, systemClock);
    },
  };
}

function answerErrors(server: FastifyInstance, service: string, options: CallServerOptions): void {
  server.setErrorHandler((error, request, reply) => {
    const failure = clientFault(error) ?? callFailure(error, service, request.url, requestIdOf(request), options.log);
    return reply.code(failure.status).type('application/json').send(encodeError(failure));
  });
  // Not `not_found`: that would read as "there is no such record" where the two sides' versions differ.
  server.setNotFoundHandler((_request, reply) => {
    const failure = new PlazaError('internal', 'Something went wrong', {
      description: `${service} has no such operation`,
    });
    return reply.code(failure.status).type('application/json').send(encodeError(failure));
  });
}

/** What the HTTP layer refused: broken JSON, a body too large, a wrong content type. */
function clientFault(error: unknown): PlazaError | undefined {
  const status = (error as { statusCode?: number }).statusCode;
  if (error instanceof PlazaError || status === undefined || status < 400 || status > 499) return undefined;
  const description = (error as Error).message;
  if (status === 413) return new PlazaError('too_large', 'Too large', { description });
  return new PlazaError('bad_request', 'Bad request', { description });
}

/** The id that the caller gave, for the log. */
function requestIdOf(request: FastifyRequest): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' ? given.slice(0, MAX_REQUEST_ID_LENGTH) : request.id;
}

function contextOf(request: FastifyRequest, options: CallServerOptions): CallContext {
  const { headers } = request;
  const caller = decodeCaller(headers[CALLER_HEADER]);
  const leftMs = Number(headers[DEADLINE_HEADER]);
  const requestId = headers[REQUEST_ID_HEADER];
  const traceparent = headers[TRACEPARENT_HEADER];
  if (caller === undefined) throw badHeader(CALLER_HEADER);
  if (!Number.isFinite(leftMs) || headers[DEADLINE_HEADER] === '') throw badHeader(DEADLINE_HEADER);
  if (typeof requestId !== 'string' || requestId.length > MAX_REQUEST_ID_LENGTH) throw badHeader(REQUEST_ID_HEADER);
  return {
    caller,
    deadlineMs: options.clock.now() + leftMs,
    requestId,
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
}

function badHeader(name: string): PlazaError {
  return new PlazaError('bad_request', 'Bad request', { description: `the header ${name} is missing or wrong` });
}
