import type { Principal } from '#contracts/services/authentication.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import { APP_ROLE, builtInPermissions, isPermission } from '#policies/permissions/permissions.ts';
import type { Restriction } from '#policies/permissions/restrictions.ts';
import type { SigningKeys } from './keys/signing-keys.ts';
import { digest } from './secrets/digest.ts';
import type { PrincipalRow, SessionStore } from './store/sessions.ts';
import type { AccountsTable } from './store/tables.ts';

/** A token that is known: who it stands for, and the internal token that says so. */
export interface Authenticated {
  readonly principal: Principal;
  readonly jwt: string;
  /** Until when this answer may be kept. */
  readonly expiresMs: number;
}

export interface Principals {
  /** Undefined when the token is unknown, has ended or belongs to nobody who may come in. */
  ofToken(token: string): Promise<Authenticated | undefined>;
  /** An internal token for a session that was read or made just now. */
  issue(principal: Principal): Promise<{ jwt: string; expiresMs: number }>;
}

export function createPrincipals(sessions: SessionStore, keys: SigningKeys, clock: Clock, log: Logger): Principals {
  const alive = (row: PrincipalRow | undefined): row is PrincipalRow =>
    row !== undefined && (row.expires_ms === null || row.expires_ms > clock.now()) && mayComeIn(row);

  const issue = async (principal: Principal) => {
    const nowMs = clock.now();
    const expiresMs = nowMs + LIFETIMES.accessTokenMs;
    const claims = {
      ...(principal.accountId === null ? {} : { sub: principal.accountId }),
      sid: principal.sessionId,
      role: principal.role,
      scope: principal.scopes.join(' '),
      ...(principal.appId === null ? {} : { app: principal.appId }),
    };
    return { jwt: await keys.sign(claims, nowMs, expiresMs), expiresMs };
  };

  /** Behind the answer: whether it is noted decides nothing. */
  const noteUse = (row: PrincipalRow) => {
    const nowMs = clock.now();
    if (nowMs - row.last_used_ms < LIFETIMES.lastUsedMs) return;
    sessions
      .touch(row.session_id, nowMs)
      .catch((error) => log.warn({ err: error }, 'authentication: a use was not noted'));
  };

  return {
    issue,
    async ofToken(token) {
      if (token.includes('.')) {
        const claims = await keys.verify(token);
        if (typeof claims?.sid !== 'string') return undefined;
        const row = await sessions.principalBySession(claims.sid);
        if (!alive(row)) return undefined;
        return { principal: principalOf(row), jwt: token, expiresMs: claims.exp! * 1_000 };
      }
      const row = await sessions.principalByToken(digest(token));
      if (!alive(row)) return undefined;
      noteUse(row);
      const principal = principalOf(row);
      return { principal, ...(await issue(principal)) };
    },
  };
}

/** A session of an account that is not there, not whole or suspended opens nothing; an app's own token needs no account. */
function mayComeIn(row: PrincipalRow): boolean {
  return row.account_id === null || row.state === 'active' || row.state === 'pending';
}

function principalOf(row: PrincipalRow): Principal {
  const ofApp = row.account_id === null;
  return {
    accountId: row.account_id,
    sessionId: row.session_id,
    scopes: row.scopes.split(' '),
    role: ofApp ? APP_ROLE : row.role!,
    permissions: ofApp ? [] : [...permissionsOf(row.role!, row.custom_permissions)],
    appId: row.app_id,
    appName: row.app_name,
    appWebsite: row.app_website,
    firstParty: row.app_id === null,
    revision: row.revision,
    restriction: ofApp ? null : restrictionOf(row as Pick<AccountsTable, 'state' | 'confirmed'>),
  };
}

/** Of a role, from the table or, for a custom one, as it was defined (JSON). An unknown role may nothing. */
export function permissionsOf(role: string, customPermissions: string | null | undefined): readonly string[] {
  const builtIn = builtInPermissions(role);
  if (builtIn !== undefined) return builtIn;
  return customPermissions == null ? [] : (JSON.parse(customPermissions) as string[]).filter(isPermission);
}

export function restrictionOf(account: Pick<AccountsTable, 'state' | 'confirmed'>): Restriction | null {
  if (account.state !== 'pending') return null;
  return account.confirmed === 1 ? 'unapproved' : 'unconfirmed';
}
