import { Pool } from 'undici';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { CallContext } from './context.ts';
import type { Operation, ServiceApi, ServiceContract } from './contract.ts';
import { callTimedOut, type Deadlines } from './deadlines.ts';
import { NotStarted, unavailable } from './failures.ts';
import type { UntypedCall } from './in-process.ts';
import { createResilience, type Resilience, type ResilienceOptions } from './resilience.ts';
import { bearerOf } from './secret.ts';
import { refusedInput, shapeCheck } from './validation.ts';
import {
  CALL_PATH,
  CALLER_HEADER,
  DEADLINE_HEADER,
  decodeError,
  encodeCaller,
  MAX_CALL_BYTES,
  MAX_REQUEST_ID_LENGTH,
  NOT_STARTED_HEADER,
  REQUEST_ID_HEADER,
  TRACEPARENT_HEADER,
} from './wire.ts';

export interface CallClientOptions {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly secret: string;
  /** Compares answers with the contract as well. For tests and development. */
  readonly checkOutputs?: boolean;
  readonly resilience?: Partial<ResilienceOptions>;
  /** Connections kept to one callee. */
  readonly connections?: number;
}

export interface CallClient<C extends ServiceContract> {
  readonly api: ServiceApi<C>;
  /** Waits for the calls under way; each ends at its deadline. */
  close(): Promise<void>;
}

const DEFAULT_CONNECTIONS = 64;

/** Calls a service in another process, with the same outcomes as a call inside one. */
export function callClient<C extends ServiceContract>(
  contract: C,
  origin: string,
  options: CallClientOptions,
): CallClient<C> {
  const pool = new Pool(origin, {
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    maxResponseSize: MAX_CALL_BYTES,
    // Deadlines bound every wait; the pool's own timeouts would only cut long operations short.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const resilience = createResilience(contract.name, options.resilience);
  const api: Record<string, UntypedCall> = {};
  for (const [name, operation] of Object.entries(contract.operations)) {
    api[name] = remoteCall(pool, contract.name, name, operation, resilience, options);
  }
  return { api: api as ServiceApi<C>, close: () => pool.close() };
}

function remoteCall(
  pool: Pool,
  service: string,
  name: string,
  operation: Operation,
  resilience: Resilience,
  options: CallClientOptions,
): UntypedCall {
  const { clock, deadlines } = options;
  const inputCheck = shapeCheck(operation.input);
  const outputCheck = options.checkOutputs ? shapeCheck(operation.output) : undefined;
  const attempt = sender(pool, service, name, options);

  return async (input, context) => {
    if (!inputCheck(input)) throw refusedInput(inputCheck, input);
    const body = JSON.stringify(input);
    const endMs = Math.min(context.deadlineMs, clock.now() + operation.timeoutMs);
    const leftMs = () => endMs - clock.now();
    if (leftMs() <= 0) throw callTimedOut(service, name);
    const output = await until(leftMs(), (signal) =>
      resilience.run(operation.idempotent, leftMs, () => attempt(body, context, leftMs(), signal)),
    );
    if (outputCheck === undefined || outputCheck(output)) return output;
    const { description } = outputCheck.explain(output);
    throw new PlazaError('internal', 'Something went wrong', {
      description: `the answer of ${service}.${name} breaks its contract: ${description}`,
    });
  };

  /** Bounds everything between the call and its answer: the turn in the queue, each attempt and the pauses between them. */
  function until(waitMs: number, run: (signal: AbortSignal) => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const abort = new AbortController();
      const entry = deadlines.add(waitMs, () => {
        reject(callTimedOut(service, name));
        abort.abort();
      });
      run(abort.signal)
        .finally(() => deadlines.remove(entry))
        .then(resolve, reject);
    });
  }
}

/** One attempt on the wire. */
function sender(pool: Pool, service: string, name: string, options: CallClientOptions) {
  const path = `${CALL_PATH}${name}`;
  const authorization = bearerOf(options.secret);
  return async (body: string, context: CallContext, leftMs: number, signal: AbortSignal): Promise<unknown> => {
    if (leftMs <= 0) throw callTimedOut(service, name);
    try {
      const headers = headersOf(context, authorization, leftMs);
      const answer = await pool.request({ path, method: 'POST', body, signal, headers });
      const text = await answer.body.text();
      if (answer.statusCode === 204) return undefined;
      if (answer.statusCode === 200) return JSON.parse(text);
      if (answer.headers[NOT_STARTED_HEADER] !== undefined) throw new NotStarted(`${service} is stopping`);
      throw decodeError(text) ?? unavailable(`${service} answered ${answer.statusCode} without saying why`);
    } catch (error) {
      if (error instanceof PlazaError) throw error;
      if (signal.aborted) throw callTimedOut(service, name);
      if (neverConnected(error)) throw new NotStarted(`${service} could not be reached`);
      throw unavailable(`the connection to ${service} broke`);
    }
  };
}

/** Failures of connecting: nothing was sent. */
const CONNECT_FAILURES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function neverConnected(error: unknown): boolean {
  return CONNECT_FAILURES.has((error as { code?: string }).code ?? '');
}

function headersOf(context: CallContext, authorization: string, leftMs: number): Record<string, string> {
  const headers: Record<string, string> = {
    authorization,
    'content-type': 'application/json',
    [CALLER_HEADER]: encodeCaller(context.caller),
    [DEADLINE_HEADER]: String(Math.ceil(leftMs)),
    [REQUEST_ID_HEADER]: context.requestId.slice(0, MAX_REQUEST_ID_LENGTH),
  };
  if (context.traceparent !== undefined) headers[TRACEPARENT_HEADER] = context.traceparent;
  return headers;
}
