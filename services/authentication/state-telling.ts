import type { AccountState } from '#contracts/model/account.ts';
import { serviceContext } from '#platform/calls/context.ts';
import type { Parts } from './parts.ts';
import { SERVICE } from './store/session-events.ts';
import { db } from './store/tables.ts';

type TellParts = Pick<Parts, 'relational' | 'accounts' | 'user' | 'clock'>;

/**
 * Tells the user service the state of an account that was decided here. What is to be told was written with the decision, so a crash or a user
 * service that is away delays it and loses nothing; the sweeper tells it again.
 */
export async function tellState(accountId: string, { accounts, user, clock }: TellParts): Promise<void> {
  const account = await accounts.byId(accountId);
  if (account?.state_to_tell == null) return;
  const state = account.state_to_tell as AccountState;
  await user.setAccountState({ accountId, state }, serviceContext(SERVICE, clock));
  await accounts.update(accountId, { state_to_tell: null }, { state_to_tell: state });
}

/** Accounts whose state is still to be told. */
export async function untoldAccounts({ relational }: Pick<Parts, 'relational'>, limit: number): Promise<string[]> {
  const rows = await relational.query<{ account_id: string }>(
    db
      .selectFrom('authentication_accounts')
      .select('account_id')
      .where('state_to_tell', 'is not', null)
      .orderBy('account_id', 'asc')
      .limit(limit),
  );
  return rows.map((row) => row.account_id);
}
