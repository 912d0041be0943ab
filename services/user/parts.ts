import type { CallContext } from '#platform/calls/context.ts';
import { accountOf } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Relational, Script } from '#ports/relational/port.ts';
import type { AccountReader } from './store/accounts.ts';
import type { FactsReader } from './visibility-facts.ts';

/** What the operations of this service share. */
export interface UserParts {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly accounts: AccountReader;
  readonly facts: FactsReader;
  /** Runs a transaction that may tell events, and has them published. */
  change<A, R>(script: Script<A, R>, args: A): Promise<R>;
  /** Says that a transaction has promised work. */
  promised(): void;
}

/** The account that calls; anonymous callers and services are refused. */
export function requireAccount(context: CallContext): string {
  const id = accountOf(context);
  if (id === undefined) throw new PlazaError('unauthenticated', 'This method requires an authenticated user');
  return id;
}

/** Only other services may do this; the gateway never passes a person's call on as its own. */
export function requireService(context: CallContext): string {
  if (context.caller.kind !== 'service') throw new PlazaError('forbidden', 'This action is not allowed');
  return context.caller.name;
}

/** Fresh ids, in order, for a script. */
export function freshIds(ids: IdGenerator, count: number): string[] {
  return Array.from({ length: count }, () => ids.next());
}
