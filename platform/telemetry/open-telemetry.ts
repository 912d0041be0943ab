import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Traces, TracesOptions } from './traces.ts';

const KINDS = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL, consumer: SpanKind.CONSUMER } as const;

/** `version-trace-span-flags` of W3C Trace Context, level 1. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Traces through OpenTelemetry. Context is passed by hand, so no hook follows every promise of the process. */
export function openTelemetryTraces(options: TracesOptions): Traces {
  const exporter = options.exporter ?? new OTLPTraceExporter({ url: options.url ?? '' });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'plaza', 'service.version': options.version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.sample) }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('plaza');
  // For code that asks the OpenTelemetry API for a tracer; while traces are off it gets one that does nothing.
  trace.setGlobalTracerProvider(provider);

  return {
    enabled: true,
    async span(start, run) {
      const parent = contextOf(start.parent);
      const span = tracer.startSpan(
        start.name,
        { kind: KINDS[start.kind], ...(start.attributes ? { attributes: start.attributes } : {}) },
        parent,
      );
      try {
        return await run(traceparentOf(span));
      } catch (error) {
        markFailed(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    async stop() {
      trace.disable();
      await provider.shutdown();
    },
  };
}

function contextOf(traceparent: string | undefined): Context {
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** A refusal is an answer and only noted; what is our fault marks the span. Messages stay out: they may name a person. */
function markFailed(span: Span, error: unknown): void {
  const code = error instanceof PlazaError ? error.code : 'internal';
  span.setAttribute('error.type', code);
  if (!(error instanceof PlazaError) || error.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}
