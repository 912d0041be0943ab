import type { CallContext } from '#platform/calls/context.ts';
import { forbidden, notFound, PlazaError } from '#platform/errors/errors.ts';
import { may, PERMISSIONS, type Permission, within } from '#policies/permissions/permissions.ts';
import type { Parts } from './parts.ts';
import { permissionsOf } from './principals.ts';
import type { AccountsTable, SessionsTable } from './store/tables.ts';

/** The service name under which the operator's commands call. */
const OPERATOR = 'operator';

export interface Person {
  readonly account: AccountsTable;
  readonly session: SessionsTable;
}

/**
 * The person who calls from our own client. Apps never get here: what belongs to credentials is not covered by any scope. `unauthenticated`
 * without a session that is alive, `forbidden` for an app.
 */
export async function callingPerson(
  { caller }: CallContext,
  { accounts, sessionStore }: Pick<Parts, 'accounts' | 'sessionStore'>,
): Promise<Person> {
  if (caller.kind !== 'account') throw notSignedIn();
  const [account, session] = await Promise.all([accounts.byId(caller.accountId), sessionStore.byId(caller.sessionId)]);
  if (account === undefined || session?.account_id !== account.account_id) throw notSignedIn();
  if (session.app_id !== null) throw forbidden('An app may not do this');
  return { account, session };
}

export function notSignedIn(): PlazaError {
  return new PlazaError('unauthenticated', 'This method requires an authenticated user');
}

/** Who works for the community, and with which permissions. */
export interface Staff {
  /** Null for the operator at the machine. */
  readonly accountId: string | null;
  readonly permissions: readonly string[];
}

type StaffParts = Pick<Parts, 'accounts'>;

/** The operator, or an account whose role has the permission: read now, not taken from a token that may be older than the role. */
export async function staff({ caller }: CallContext, permission: Permission, parts: StaffParts): Promise<Staff> {
  if (caller.kind === 'service' && caller.name === OPERATOR) return { accountId: null, permissions: PERMISSIONS };
  if (caller.kind === 'service') throw forbidden();
  if (caller.kind !== 'account') throw notSignedIn();
  const account = await parts.accounts.byId(caller.accountId);
  if (account?.state !== 'active') throw forbidden();
  const permissions = await permissionsOfRole(account.role, parts);
  if (!may(permissions, permission)) throw forbidden();
  return { accountId: account.account_id, permissions };
}

/** The account that staff works on. Nobody works on an account that may do more than they, so that a role cannot be taken over from below. */
export async function target(accountId: string, by: Staff, parts: StaffParts): Promise<AccountsTable> {
  const account = await parts.accounts.byId(accountId);
  if (account === undefined || account.state === 'creating') throw notFound();
  if (!within(await permissionsOfRole(account.role, parts), by.permissions))
    throw forbidden('This account has permissions that you do not have');
  return account;
}

/** The permissions of a role that staff may give: one that exists and may nothing that they may not. */
export async function grantableRole(role: string, by: Staff, parts: StaffParts): Promise<void> {
  const permissions = await definedPermissions(role, parts);
  if (permissions === undefined) throw new PlazaError('validation_failed', `There is no role called ${role}`);
  if (!within(permissions, by.permissions)) throw forbidden('This role has permissions that you do not have');
}

async function permissionsOfRole(role: string, parts: StaffParts): Promise<readonly string[]> {
  return (await definedPermissions(role, parts)) ?? [];
}

async function definedPermissions(role: string, { accounts }: StaffParts): Promise<readonly string[] | undefined> {
  const builtIn = permissionsOf(role, null);
  if (builtIn.length > 0) return builtIn;
  const custom = await accounts.customRole(role);
  return custom === undefined ? undefined : permissionsOf(role, custom);
}
