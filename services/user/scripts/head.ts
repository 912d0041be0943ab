import { forbidden, notFound } from '#platform/errors/errors.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { type Query, rowOf, type WriteOutcome } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { strangerFacts } from '../facts.ts';
import { db, type HeadRow } from '../store/tables.ts';

export type Step<R> = Generator<Query, R, WriteOutcome>;

const selectHead = prepared((p: { id: string }) => db.selectFrom('user_heads').selectAll().where('id', '=', p.id));

const updateEpoch = prepared((p: { id: string; follows: number; requests: number }) =>
  db
    .updateTable('user_heads')
    .set((row) => ({
      epoch: row('epoch', '+', 1),
      follows: row('follows', '+', p.follows),
      requests: row('requests', '+', p.requests),
    }))
    .where('id', '=', p.id),
);

/** The head of an account, whatever its state. */
export function* headOf(id: string): Step<HeadRow | undefined> {
  return yield* rowOf(selectHead({ id }));
}

/** The head of who acts. Only an active account changes its relations. */
export function* actingHead(id: string): Step<HeadRow> {
  const head = yield* headOf(id);
  if (head === undefined || head.state === 'deleted') throw notFound();
  if (head.state !== 'active') throw forbidden('The account is not active.');
  return head;
}

/** The head of an account that `viewerId` may see, or `not_found`. */
export function* visibleHead(viewerId: string, id: string): Step<HeadRow> {
  const head = yield* headOf(id);
  if (head === undefined || !maySeeAccount({ id: viewerId }, strangerFacts(id, head.state))) throw notFound();
  return head;
}

/**
 * Makes every cached fact about a pair with this account old. Facts are cached under the epochs of both sides, so the epoch of whoever acted
 * is enough: see `store/facts-cache.ts`. `added` is what the change adds to the numbers of its follows and requests.
 */
export function bumpEpoch(id: string, added: Added = NONE_ADDED): Query {
  return updateEpoch({ id, ...added });
}

export interface Added {
  readonly follows: number;
  readonly requests: number;
}

export const NONE_ADDED: Added = { follows: 0, requests: 0 };
