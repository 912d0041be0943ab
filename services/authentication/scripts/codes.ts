/** Transactions about authorization codes and what comes of them. */
import { changedBy, rowOf, script } from '#ports/relational/port.ts';
import { type CodesTable, db, type SessionsTable } from '../store/tables.ts';
import { insertSession } from './sessions.ts';

const MODULE = import.meta.url;
const USED = 1;
const USED_AGAIN = 2;

/**
 * Uses a code, once. A second use means that it was seen by somebody else: the token that came of it ends, and one that is being made right now
 * is not kept (`keepToken`).
 */
export const useCode = script(MODULE, 'useCode', function* (args: { codeDigest: string }) {
  const first = yield* changedBy(
    db
      .updateTable('authentication_codes')
      .set({ uses: USED })
      .where('code_digest', '=', args.codeDigest)
      .where('uses', '=', 0),
  );
  if (first === 1) return { usable: true, sessionId: null };
  yield db.updateTable('authentication_codes').set({ uses: USED_AGAIN }).where('code_digest', '=', args.codeDigest);
  const code = yield* rowOf<CodesTable>(
    db.selectFrom('authentication_codes').selectAll().where('code_digest', '=', args.codeDigest),
  );
  return { usable: false, sessionId: code?.session_id ?? null };
});

/** Keeps the token of a code that was used once, for an account that may still come in. False when it may not be kept. */
export const keepToken = script(
  MODULE,
  'keepToken',
  function* (args: { session: SessionsTable; eventId: string; codeDigest: string }) {
    const kept = yield* changedBy(
      db
        .updateTable('authentication_codes')
        .set({ session_id: args.session.session_id })
        .where('code_digest', '=', args.codeDigest)
        .where('uses', '=', USED),
    );
    if (kept === 0) return false;
    const account = yield* rowOf<{ state: string }>(
      db.selectFrom('authentication_accounts').select('state').where('account_id', '=', args.session.account_id!),
    );
    if (account?.state !== 'active' && account?.state !== 'pending') return false;
    yield* insertSession(args.session, args.eventId);
    return true;
  },
);
