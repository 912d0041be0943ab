import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** What a span stands for. `server`: a request from outside; `internal`: a call between services; `consumer`: the handling of an event. */
export type SpanKind = 'server' | 'internal' | 'consumer';

export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  /** W3C trace context of the cause, if there is one. It also decides whether this span is recorded. */
  readonly parent?: string | undefined;
  /** Few values each, nothing about a person. */
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** Distributed traces. Where they are off, a span is no more than the call of its function. */
export interface Traces {
  readonly enabled: boolean;
  /** Runs `run` inside a span; `traceparent` is what goes along with whatever `run` causes. An error marks the span and passes. */
  span<T>(start: SpanStart, run: (traceparent: string | undefined) => Promise<T>): Promise<T>;
  /** Sends what is left. */
  stop(): Promise<void>;
}

export const noTraces: Traces = {
  enabled: false,
  span: (start, run) => run(start.parent),
  stop: async () => {},
};

export interface TracesOptions {
  /** OTLP over HTTP; traces are off without it. */
  readonly url: string | undefined;
  /** Share of the traces begun here that are recorded, 0 to 1. A trace that came from elsewhere keeps its own decision. */
  readonly sample: number;
  readonly version: string;
  /** For tests, instead of the exporter to `url`. */
  readonly exporter?: SpanExporter;
}

/** Loads OpenTelemetry only where it is used: it costs a tenth of a second and some megabytes. */
export async function startTraces(options: TracesOptions): Promise<Traces> {
  if (options.url === undefined && options.exporter === undefined) return noTraces;
  const { openTelemetryTraces } = await import('./open-telemetry.ts');
  return openTelemetryTraces(options);
}
