/** Transactions about identities at another provider. */
import { PlazaError } from '#platform/errors/errors.ts';
import { rowOf, script } from '#ports/relational/port.ts';
import { db, type IdentitiesTable } from '../store/tables.ts';

/** Links an identity to an account. The same link again changes nothing; an identity of another account is never taken over. */
export const linkIdentity = script(
  import.meta.url,
  'linkIdentity',
  function* (args: { issuer: string; subject: string; accountId: string; nowMs: number }) {
    const known = yield* rowOf<IdentitiesTable>(
      db
        .selectFrom('authentication_identities')
        .selectAll()
        .where('issuer', '=', args.issuer)
        .where('subject', '=', args.subject),
    );
    if (known?.account_id === args.accountId) return;
    if (known !== undefined) throw new PlazaError('conflict', 'This sign-in already belongs to an account');
    yield db.insertInto('authentication_identities').values({
      issuer: args.issuer,
      subject: args.subject,
      account_id: args.accountId,
      created_ms: args.nowMs,
    });
  },
);
