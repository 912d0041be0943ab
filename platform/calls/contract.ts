import type { Static, TSchema } from 'typebox';
import type { CallContext } from './context.ts';

/** One operation of a service. */
export interface Operation<I extends TSchema = TSchema, O extends TSchema = TSchema> {
  readonly input: I;
  readonly output: O;
  /** Whether a caller may repeat it after a failure whose outcome is unknown. */
  readonly idempotent: boolean;
  /** How long a caller waits at most, in milliseconds. */
  readonly timeoutMs: number;
}

export interface ServiceContract<Ops extends Record<string, Operation> = Record<string, Operation>> {
  readonly name: string;
  readonly operations: Ops;
}

/** What a service offers and what a caller holds: the same shape, whether the call crosses a process or not. */
export type ServiceApi<C extends ServiceContract> = {
  readonly [K in keyof C['operations']]: (
    input: Static<C['operations'][K]['input']>,
    context: CallContext,
  ) => Promise<Static<C['operations'][K]['output']>>;
};

const DEFAULT_TIMEOUT_MS = 5_000;

/** An operation that only reads. */
export function read<I extends TSchema, O extends TSchema>(
  input: I,
  output: O,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Operation<I, O> {
  return { input, output, idempotent: true, timeoutMs };
}

/** An operation that changes something, safe to repeat with the same input. */
export function idempotentWrite<I extends TSchema, O extends TSchema>(
  input: I,
  output: O,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Operation<I, O> {
  return { input, output, idempotent: true, timeoutMs };
}

/** An operation that must not be repeated when its outcome is unknown. */
export function write<I extends TSchema, O extends TSchema>(
  input: I,
  output: O,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Operation<I, O> {
  return { input, output, idempotent: false, timeoutMs };
}

export function defineService<const N extends string, Ops extends Record<string, Operation>>(
  name: N,
  operations: Ops,
): { readonly name: N; readonly operations: Ops } {
  return { name, operations };
}
