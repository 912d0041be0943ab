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
