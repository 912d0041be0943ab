import type { Clock } from '#platform/clock/clock.ts';

/** On whose behalf a call is made. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'service'; readonly name: string }
  | {
      readonly kind: 'account';
      readonly accountId: string;
      readonly sessionId: string;
      readonly role: string;
      readonly scopes: readonly string[];
    };

/** What travels with every call. */
export interface CallContext {
  readonly caller: Caller;
  /** Wall time in milliseconds after which nobody waits for the answer. */
  readonly deadlineMs: number;
  readonly requestId: string;
  /** W3C trace context of the calling span. */
  readonly traceparent?: string;
}

/** The account that calls, or undefined for anonymous callers and services. */
export function accountOf(context: CallContext): string | undefined {
  return context.caller.kind === 'account' ? context.caller.accountId : undefined;
}

/** The same call with some fields replaced: a tighter deadline, another caller. A deadline is never made later than the one that is given. */
export function childContext(context: CallContext, overrides: Partial<CallContext>): CallContext {
  const child = { ...context, ...overrides };
  return child.deadlineMs > context.deadlineMs ? { ...child, deadlineMs: context.deadlineMs } : child;
}

const BACKGROUND_TIMEOUT_MS = 30_000;
let backgroundCalls = 0;

/** For work that no request asked for: consumers, relays, timers. `name` is the service that does it. */
export function serviceContext(name: string, clock: Clock, timeoutMs = BACKGROUND_TIMEOUT_MS): CallContext {
  const nowMs = clock.now();
  return {
    caller: { kind: 'service', name },
    deadlineMs: nowMs + timeoutMs,
    requestId: `${name}-${nowMs.toString(36)}-${(backgroundCalls++).toString(36)}`,
  };
}
