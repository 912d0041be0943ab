import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { DomainEvent } from './event.ts';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Runs `handle` in a span that continues the trace of the request that made the event, if that request was sampled. */
export function withTrace(group: string, event: DomainEvent, handle: () => Promise<void>): Promise<void> {
  const parts = event.traceparent === undefined ? null : TRACEPARENT.exec(event.traceparent);
  if (parts === null) return handle();
  const traceFlags = Number.parseInt(parts[3]!, 16);
  if ((traceFlags & TraceFlags.SAMPLED) === 0) return handle();
  const parent = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: parts[1]!,
    spanId: parts[2]!,
    traceFlags,
    isRemote: true,
  });
  const span = trace.getTracer('plaza').startSpan(
    `${group} ${event.type}`,
    {
      kind: SpanKind.CONSUMER,
      attributes: { 'messaging.consumer.group.name': group, 'messaging.message.id': event.id },
    },
    parent,
  );
  return context
    .with(trace.setSpan(parent, span), handle)
    .catch((error: unknown) => {
      span.setStatus({ code: SpanStatusCode.ERROR });
      if (error instanceof Error) span.recordException(error);
      throw error;
    })
    .finally(() => span.end());
}
