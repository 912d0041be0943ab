import { accountOf, type CallContext } from '#platform/calls/context.ts';
import { PlazaError } from '#platform/errors/errors.ts';

/** The person who calls; anonymous callers and services are refused. */
export function requireAccount(context: CallContext): string {
  const id = accountOf(context);
  if (id === undefined) throw new PlazaError('unauthenticated', 'This method requires an authenticated user');
  return id;
}
