import { PlazaError } from '#platform/errors/errors.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import type { Traces } from '#platform/telemetry/traces.ts';
import type { UntypedApi, UntypedCall } from './in-process.ts';

export interface CallObserver {
  readonly traces: Traces;
  failed(service: string, operation: string, error: unknown): void;
}

/** Counts failures only: the successes of calls inside a process are too many and too quick for a histogram to be worth its price. */
export function callObserver(traces: Traces, metrics: Metrics | undefined): CallObserver {
  const failures = metrics?.counter(
    'plaza_call_failures_total',
    'Service calls that failed, by callee, operation and error code.',
    ['service', 'operation', 'code'],
  );
  return {
    traces,
    failed(service, operation, error) {
      const code = error instanceof PlazaError ? error.code : 'internal';
      failures?.inc({ service, operation, code });
    },
  };
}

/** The same calls, each in a span of its own (where traces are on) and its failures counted. */
export function observed(service: string, calls: UntypedApi, observer: CallObserver): UntypedApi {
  const client: Record<string, UntypedCall> = {};
  for (const [operation, call] of Object.entries(calls)) {
    const inner = observer.traces.enabled ? traced(`${service}.${operation}`, call, observer.traces) : call;
    client[operation] = (input, context) => {
      const answer = inner(input, context);
      answer.then(undefined, (error) => observer.failed(service, operation, error));
      return answer;
    };
  }
  return client;
}

function traced(name: string, call: UntypedCall, traces: Traces): UntypedCall {
  return (input, context) => {
    // The decision not to record a trace was made at its root; here it saves the work.
    if (context.traceparent?.endsWith('-00')) return call(input, context);
    return traces.span({ name, kind: 'internal', parent: context.traceparent }, (traceparent) =>
      call(input, traceparent === undefined ? context : { ...context, traceparent }),
    );
  };
}
