import type { Session } from '#contracts/services/authentication.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import { FIRST_PARTY_SCOPES } from '#policies/permissions/scopes.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { SigningKeys } from './keys/signing-keys.ts';
import { startSession } from './scripts/sessions.ts';
import { digest } from './secrets/digest.ts';
import { formatRefreshToken, type RefreshToken } from './secrets/refresh-token.ts';
import type { AccountsTable, SessionsTable } from './store/tables.ts';

/** Where a session is used, as its person sees it in the list of sessions. */
export interface Device {
  readonly ip: string;
  readonly userAgent: string;
}

export interface Sessions {
  /** Signs an account in on our own client. `unauthenticated` when it was suspended in the meantime. */
  start(account: Pick<AccountsTable, 'account_id' | 'role'>, device: Device): Promise<Session>;
  /** A token of an app: for an account, or for the app itself. It lasts until it is revoked, as Mastodon's. */
  newToken(args: NewTokenArguments): NewToken;
  /** The answer that holds a first-party session with this refresh token. */
  answer(row: SessionsTable, role: string, refresh: RefreshToken): Promise<Session>;
}

export interface NewTokenArguments {
  /** In clear, made just now; only its digest is kept. */
  readonly token: string;
  readonly appId: string;
  readonly accountId: string | null;
  readonly scopes: readonly string[];
  readonly device?: Device;
}

export interface NewToken {
  readonly session: SessionsTable;
  readonly eventId: string;
}

export interface SessionTools {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly random: Random;
  readonly keys: SigningKeys;
  readonly wakeRelay: () => void;
}

const NO_DEVICE: Device = { ip: '', userAgent: '' };

export function createSessions({ relational, clock, ids, random, keys, wakeRelay }: SessionTools): Sessions {
  const blank = (device: Device): SessionsTable => {
    const nowMs = clock.now();
    return {
      session_id: ids.next(),
      account_id: null,
      app_id: null,
      token_digest: null,
      refresh_digest: null,
      refresh_generation: 0,
      refreshed_ms: nowMs,
      scopes: '',
      revision: 1,
      created_ms: nowMs,
      last_used_ms: nowMs,
      expires_ms: null,
      ip: device.ip,
      user_agent: device.userAgent,
      end_event_id: ids.next(),
    };
  };

  const answer: Sessions['answer'] = async (row, role, refresh) => {
    const nowMs = clock.now();
    const accessExpiresMs = nowMs + LIFETIMES.accessTokenMs;
    const claims = { sub: row.account_id!, sid: row.session_id, role, scope: row.scopes };
    return {
      sessionId: row.session_id,
      accountId: row.account_id!,
      accessToken: await keys.sign(claims, nowMs, accessExpiresMs),
      accessExpiresMs,
      refreshToken: formatRefreshToken(refresh),
      refreshExpiresMs: row.expires_ms!,
    };
  };

  return {
    answer,
    async start(account, device) {
      const row = blank(device);
      const refresh = { sessionId: row.session_id, generation: 1, secret: randomToken(random) };
      const session: SessionsTable = {
        ...row,
        account_id: account.account_id,
        refresh_digest: digest(refresh.secret),
        refresh_generation: 1,
        scopes: FIRST_PARTY_SCOPES.join(' '),
        expires_ms: row.created_ms + LIFETIMES.sessionIdleMs,
      };
      const started = await relational.run(startSession, { session, eventId: ids.next() });
      if (!started) throw new PlazaError('unauthenticated', 'Your login is currently disabled');
      wakeRelay();
      return answer(session, account.role, refresh);
    },
    newToken({ token, appId, accountId, scopes, device = NO_DEVICE }) {
      const session = { ...blank(device), account_id: accountId, app_id: appId, token_digest: digest(token) };
      return { session: { ...session, scopes: scopes.join(' ') }, eventId: ids.next() };
    },
  };
}
