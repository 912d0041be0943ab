import type { Relational } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { type CredentialState, db, type SessionsTable } from './tables.ts';

/** A session with all that its principal is made of. */
export interface PrincipalRow {
  session_id: string;
  account_id: string | null;
  app_id: string | null;
  scopes: string;
  revision: number;
  last_used_ms: number;
  expires_ms: number | null;
  /** Null for an app that acts for itself, and for an account that is gone. */
  state: CredentialState | null;
  confirmed: number | null;
  approved: number | null;
  role: string | null;
  custom_permissions: string | null;
  app_name: string | null;
  app_website: string | null;
}

export interface SessionListRow extends SessionsTable {
  app_name: string | null;
}

export interface SessionStore {
  byId(sessionId: string): Promise<SessionsTable | undefined>;
  /** The hot one: a read of one row by its primary key. */
  liveness(
    sessionId: string,
  ): Promise<{ account_id: string | null; revision: number; expires_ms: number | null } | undefined>;
  principalBySession(sessionId: string): Promise<PrincipalRow | undefined>;
  principalByToken(tokenDigest: string): Promise<PrincipalRow | undefined>;
  /** Newest first. */
  ofAccount(accountId: string, limit: number): Promise<SessionListRow[]>;
  touch(sessionId: string, nowMs: number): Promise<void>;
}

const principals = db
  .selectFrom('authentication_sessions as s')
  .leftJoin('authentication_accounts as a', 'a.account_id', 's.account_id')
  .leftJoin('authentication_roles as r', 'r.name', 'a.role')
  .leftJoin('authentication_apps as p', 'p.app_id', 's.app_id')
  .select([
    's.session_id',
    's.account_id',
    's.app_id',
    's.scopes',
    's.revision',
    's.last_used_ms',
    's.expires_ms',
    'a.state',
    'a.confirmed',
    'a.approved',
    'a.role',
    'r.permissions as custom_permissions',
    'p.name as app_name',
    'p.website as app_website',
  ]);
const principalBySession = prepared<{ id: string }, PrincipalRow>(({ id }) =>
  principals.where('s.session_id', '=', id),
);
const principalByToken = prepared<{ token: string }, PrincipalRow>(({ token }) =>
  principals.where('s.token_digest', '=', token),
);
const byId = prepared(({ id }: { id: string }) =>
  db.selectFrom('authentication_sessions').selectAll().where('session_id', '=', id),
);
const liveness = prepared(({ id }: { id: string }) =>
  db
    .selectFrom('authentication_sessions')
    .select(['account_id', 'revision', 'expires_ms'])
    .where('session_id', '=', id),
);

export function sessionStore(relational: Relational): SessionStore {
  return {
    byId: async (id) => (await relational.query(byId({ id })))[0],
    liveness: async (id) => (await relational.query(liveness({ id })))[0],
    principalBySession: async (id) => (await relational.query(principalBySession({ id })))[0],
    principalByToken: async (token) => (await relational.query(principalByToken({ token })))[0],
    ofAccount: (accountId, limit) =>
      relational.query(
        db
          .selectFrom('authentication_sessions as s')
          .leftJoin('authentication_apps as p', 'p.app_id', 's.app_id')
          .selectAll('s')
          .select('p.name as app_name')
          .where('s.account_id', '=', accountId)
          .orderBy('s.last_used_ms', 'desc')
          .limit(limit),
      ),
    async touch(sessionId, nowMs) {
      await relational.batch([
        {
          query: db
            .updateTable('authentication_sessions')
            .set({ last_used_ms: nowMs })
            .where('session_id', '=', sessionId),
        },
      ]);
    },
  };
}
