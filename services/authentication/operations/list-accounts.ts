import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { cursorText } from '#platform/ids/ids.ts';
import { staff } from '../access.ts';
import type { Parts } from '../parts.ts';
import { unsealEmail } from '../secrets/email-address.ts';
import { SERVICE } from '../store/session-events.ts';
import { type AccountsTable, type CredentialState, db } from '../store/tables.ts';

type Page = Parameters<AuthenticationService['listAccounts']>[0]['page'];

/** Staff who see accounts; newest first. Half-made sign-ups are not shown. */
export function listAccounts(
  parts: Pick<Parts, 'accounts' | 'relational' | 'user' | 'clock' | 'sealer'>,
): AuthenticationService['listAccounts'] {
  const { relational, user, clock, sealer } = parts;
  return async ({ state, page }, context) => {
    await staff(context, 'accounts.view', parts);
    const rows = await readPage(relational, state, page);
    const ids = rows.map((row) => row.account_id);
    const { accounts } = await user.getAccounts({ ids }, serviceContext(SERVICE, clock));
    const known = new Map(accounts.map((account) => [account.id, account]));
    return {
      accounts: rows.map((row) => {
        const account = known.get(row.account_id);
        return {
          accountId: row.account_id,
          username: account?.username ?? row.username,
          email: unsealEmail(row.email_sealed, row.account_id, sealer),
          role: row.role,
          state: row.state === 'active' ? (account?.state ?? row.state) : row.state,
          confirmed: row.confirmed === 1,
          createdMs: row.created_ms,
        };
      }),
      cursors: rows.length < page.limit ? {} : { olderThan: ids.at(-1)!, newerThan: ids[0]! },
    };
  };
}

async function readPage(
  relational: Parts['relational'],
  state: string | undefined,
  page: Page,
): Promise<AccountsTable[]> {
  let query = db.selectFrom('authentication_accounts').selectAll().limit(page.limit);
  query =
    state === undefined ? query.where('state', '!=', 'creating') : query.where('state', '=', state as CredentialState);
  if (page.maxId !== undefined) query = query.where('account_id', '<', cursorText(page.maxId));
  if (page.sinceId !== undefined) query = query.where('account_id', '>', cursorText(page.sinceId));
  if (page.minId === undefined) return relational.query(query.orderBy('account_id', 'desc'));
  const oldestFirst = query.where('account_id', '>', cursorText(page.minId)).orderBy('account_id', 'asc');
  return (await relational.query<AccountsTable>(oldestFirst)).reverse();
}
