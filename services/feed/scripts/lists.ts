import { invalid, notFound } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { changedBy, type Query, rowOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { db, type ListRow } from '../store/relational.ts';

type Steps<R> = Generator<Query, R, WriteOutcome>;

export const createList = script(import.meta.url, 'createList', function* (row: ListRow): Steps<void> {
  const of = db.selectFrom('feed_lists').where('owner_id', '=', row.owner_id);
  const { count } = (yield* rowOf(of.select((f) => f.fn.countAll<number>().as('count'))))!;
  if (Number(count) >= LIMITS.lists) throw invalid('title', 'ERR_LIMIT', `at most ${LIMITS.lists} lists`);
  yield db.insertInto('feed_lists').values(row);
});

export interface MembersToAdd {
  readonly listId: string;
  readonly ownerId: string;
  readonly members: readonly { readonly id: string; readonly accountId: string }[];
}

/** Members who are in the list already stay where they are. */
export const addMembers = script(import.meta.url, 'addMembers', function* (args: MembersToAdd): Steps<void> {
  yield* requireList(args.listId, args.ownerId);
  for (const { id, accountId } of args.members) {
    yield db
      .insertInto('feed_list_members')
      .values({ id, list_id: args.listId, owner_id: args.ownerId, account_id: accountId })
      .onConflict((c) => c.doNothing());
  }
  const of = db.selectFrom('feed_list_members').where('list_id', '=', args.listId);
  const { count } = (yield* rowOf(of.select((f) => f.fn.countAll<number>().as('count'))))!;
  if (Number(count) > LIMITS.listMembers) {
    throw invalid('account_ids', 'ERR_LIMIT', `at most ${LIMITS.listMembers} accounts in a list`);
  }
});

export const deleteList = script(
  import.meta.url,
  'deleteList',
  function* (args: { readonly listId: string; readonly ownerId: string }): Steps<void> {
    const { listId, ownerId } = args;
    const gone = db.deleteFrom('feed_lists').where('id', '=', listId).where('owner_id', '=', ownerId);
    if ((yield* changedBy(gone)) === 0) throw notFound();
    yield db.deleteFrom('feed_list_members').where('list_id', '=', listId);
  },
);

function* requireList(listId: string, ownerId: string): Steps<void> {
  const list = db.selectFrom('feed_lists').select('id').where('id', '=', listId).where('owner_id', '=', ownerId);
  if ((yield* rowOf(list)) === undefined) throw notFound();
}
