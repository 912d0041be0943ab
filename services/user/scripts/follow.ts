import type { Relationship } from '#contracts/model/account.ts';
import { forbidden, PlazaError } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { rowOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { languagesText, relationshipOf } from '../relationship.ts';
import { db, type HeadRow, type PairRow } from '../store/tables.ts';
import { type Added, actingHead, bumpEpoch, NONE_ADDED, type Step, visibleHead } from './head.ts';
import { idSource, loadPair, type PairArgs, type PairChange, savePair, tell } from './pair.ts';

export interface FollowArgs extends PairArgs {
  /** What is not given stays as it is; a new follow shows reposts, does not notify, and wants every language. */
  readonly showReposts?: boolean | undefined;
  readonly notify?: boolean | undefined;
  readonly languages?: readonly string[] | undefined;
}

/** Follows, asks to follow (where the target is locked), or changes what is wanted of a follow that stands. */
export const follow = script(import.meta.url, 'follow', function* (args: FollowArgs): Step<Relationship> {
  const actor = yield* actingHead(args.actorId);
  if (args.actorId === args.targetId) throw forbidden('Nobody follows themselves.');
  const target = yield* visibleHead(args.actorId, args.targetId);
  const own = yield* loadPair(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  if (own.row.block_id !== null || other.row.block_id !== null) throw forbidden();
  const nextId = idSource(args.ids);
  let added = NONE_ADDED;
  const isNew = own.row.follow_id === null && own.row.request_id === null;
  if (isNew) {
    yield* refuseTooMany(actor);
    added = begin(own, target.locked === 1, nextId());
  }
  if (setOptions(own.row, args) && !isNew) tell(own, 'FollowChanged');
  if (own.events.length > 0) {
    yield bumpEpoch(args.actorId, added);
    yield* savePair(own, nextId, args.nowMs);
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});

function begin(own: PairChange, asRequest: boolean, edgeId: string): Added {
  if (asRequest) own.row.request_id = edgeId;
  else own.row.follow_id = edgeId;
  own.row.show_reposts = 1;
  tell(own, asRequest ? 'FollowRequested' : 'UserFollowed');
  return asRequest ? { follows: 0, requests: 1 } : { follows: 1, requests: 0 };
}

/** Whether something changed. */
function setOptions(row: PairRow, args: FollowArgs): boolean {
  const before = `${row.show_reposts} ${row.notify} ${row.languages}`;
  if (args.showReposts !== undefined) row.show_reposts = args.showReposts ? 1 : 0;
  if (args.notify !== undefined) row.notify = args.notify ? 1 : 0;
  if (args.languages !== undefined) row.languages = languagesText(args.languages);
  return before !== `${row.show_reposts} ${row.notify} ${row.languages}`;
}

const selectFollowers = prepared((p: { id: string }) =>
  db.selectFrom('user_counts').select('followers').where('id', '=', p.id),
);

/** The number of follows is exact; that of followers, which only widens the limit, may lag. */
function* refuseTooMany(actor: HeadRow): Step<void> {
  const wanted = actor.follows + actor.requests;
  if (wanted < LIMITS.follows) return;
  const followers = (yield* rowOf(selectFollowers({ id: actor.id })))?.followers ?? 0;
  const limit = Math.min(LIMITS.followsHard, Math.max(LIMITS.follows, Math.round(followers * 1.1)));
  if (wanted < limit) return;
  const description = `You cannot follow more than ${limit} people`;
  throw new PlazaError('validation_failed', `Validation failed: ${description}`, { description });
}
