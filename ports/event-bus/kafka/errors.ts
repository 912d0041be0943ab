import { findErrorBy } from '@platformatic/kafka';
import { PlazaError } from '#platform/errors/errors.ts';

/** Whether a broker answered with one of these, as Kafka names its errors. */
export function answered(error: unknown, ...names: readonly string[]): boolean {
  return names.some((name) => findErrorBy(error as Error, 'apiId', name) !== null);
}

/** Whether the library failed in this way: `PLT_KFK_RESPONSE` is a broker's answer, the others come from the way there. */
export function hasCode(error: unknown, code: string): boolean {
  return (error as { code?: unknown } | null)?.code === code;
}

/** What callers see of a broker that is away or refuses: a dependency that is down, to be tried again. */
export function unavailable(what: string, error: unknown): PlazaError {
  if (error instanceof PlazaError) return error;
  return new PlazaError('unavailable', `${what}: ${reasonOf(error)}`, { cause: error });
}

/** The innermost messages: the outer ones only count attempts. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors.at(-1));
  if (error instanceof Error && error.cause instanceof Error) return reasonOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}
