import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { isRecordable, recording } from '#platform/remembering/recording.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { CallContext } from './context.ts';
import type { Operation, ServiceApi, ServiceContract } from './contract.ts';
import { callTimedOut, type Deadlines } from './deadlines.ts';
import { callFailure } from './failures.ts';
import { refusedInput, shapeCheck } from './validation.ts';

/** One operation, as the machinery sees it. */
export type UntypedCall = (input: unknown, context: CallContext) => Promise<unknown>;
export type UntypedApi = Readonly<Record<string, UntypedCall>>;

export interface InProcessOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly deadlines: Deadlines;
  /** Compares answers with the contract as well. For tests and development: it costs as much as checking the input. */
  readonly checkOutputs?: boolean;
}

/**
 * Calls a service of this process: the input is checked, the wait is bounded by the deadline and by the operation's own timeout, and what fails
 * arrives as a `PlazaError`. Nothing is serialised, so neither side may change what it gave or got. There is no circuit breaker here: a service
 * in this process fails alone only by its own bugs, and refusing its other callers would widen the damage.
 */
export function inProcessClient<C extends ServiceContract>(
  contract: C,
  api: ServiceApi<C>,
  options: InProcessOptions,
): ServiceApi<C> {
  const client: Record<string, UntypedCall> = {};
  for (const [name, operation] of Object.entries(contract.operations)) {
    const handle = (api as UntypedApi)[name];
    if (handle === undefined) throw new TypeError(`${contract.name} does not implement ${name}.`);
    const call = guardedCall(contract.name, name, operation, handle.bind(api), options);
    client[name] = isRecordable(handle) ? answeredFor(call) : call;
  }
  return client as ServiceApi<C>;
}

function guardedCall(
  service: string,
  name: string,
  operation: Operation,
  handle: UntypedCall,
  options: InProcessOptions,
): UntypedCall {
  const { clock, log, deadlines } = options;
  const inputCheck = shapeCheck(operation.input);
  const checked = options.checkOutputs ? withOutputCheck(service, name, operation, handle) : handle;
  const { timeoutMs } = operation;

  return (input, context) => {
    if (!inputCheck(input)) return Promise.reject(refusedInput(inputCheck, input));
    const leftMs = context.deadlineMs - clock.now();
    if (leftMs <= 0) return Promise.reject(callTimedOut(service, name));
    const waitMs = Math.min(leftMs, timeoutMs);
    const inner = leftMs <= timeoutMs ? context : { ...context, deadlineMs: context.deadlineMs - leftMs + timeoutMs };

    return new Promise((resolve, reject) => {
      let answer: Promise<unknown>;
      try {
        answer = checked(input, inner);
      } catch (error) {
        return reject(callFailure(error, service, name, context.requestId, log));
      }
      const entry = deadlines.add(waitMs, () => reject(callTimedOut(service, name)));
      answer.then(
        (output) => {
          deadlines.remove(entry);
          resolve(output);
        },
        (error) => {
          deadlines.remove(entry);
          reject(callFailure(error, service, name, context.requestId, log));
        },
      );
    });
  };
}

/** The operation notes what it reads. */
function answeredFor(call: UntypedCall): UntypedCall {
  return (input, context) => {
    recording()?.answeredFor();
    return call(input, context);
  };
}

/** Raises an answer that breaks its own contract as a fault of the service. */
function withOutputCheck(service: string, name: string, operation: Operation, handle: UntypedCall): UntypedCall {
  const outputCheck = shapeCheck(operation.output);
  return async (input, context) => {
    const output = await handle(input, context);
    if (outputCheck(output)) return output;
    const { description } = outputCheck.explain(output);
    throw new PlazaError('internal', 'Something went wrong', {
      description: `the answer of ${service}.${name} breaks its contract: ${description}`,
    });
  };
}
