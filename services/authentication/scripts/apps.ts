/** Transactions about apps. */
import { changedBy, script } from '#ports/relational/port.ts';
import { db } from '../store/tables.ts';

const MODULE = import.meta.url;

interface Unused {
  /** Apps registered until then have had their time. */
  readonly registeredMs: number;
  /** Tokens that apps hold for themselves and that were last used until then. */
  readonly tokenUsedMs: number;
  readonly limit: number;
}

/**
 * Forgets, a page at a time, tokens that apps hold for themselves and do not use, and apps that have no token, through which nobody ever signed in and to which
 * nobody is signing in. Answers whether there may be more.
 */
export const forgetUnused = script(MODULE, 'forgetUnused', function* ({ registeredMs, tokenUsedMs, limit }: Unused) {
  const tokens = yield* changedBy(
    db
      .deleteFrom('authentication_sessions')
      .where('session_id', 'in', (tokens) =>
        tokens
          .selectFrom('authentication_sessions')
          .select('session_id')
          .where('account_id', 'is', null)
          .where('last_used_ms', '<=', tokenUsedMs)
          .orderBy('last_used_ms', 'asc')
          .limit(limit),
      ),
  );
  const apps = yield* changedBy(
    db.deleteFrom('authentication_apps').where('app_id', 'in', (unused) =>
      unused
        .selectFrom('authentication_apps as app')
        .select('app.app_id')
        .where('app.used', '=', 0)
        .where('app.created_ms', '<=', registeredMs)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('authentication_sessions as token')
                .select('token.session_id')
                .whereRef('token.app_id', '=', 'app.app_id')
                .where('token.account_id', 'is', null),
            ),
          ),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('authentication_codes as code')
                .select('code.code_digest')
                .whereRef('code.app_id', '=', 'app.app_id'),
            ),
          ),
        )
        .orderBy('app.created_ms', 'asc')
        .limit(limit),
    ),
  );
  return tokens === limit || apps === limit;
});
