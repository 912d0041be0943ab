import type { Relationship } from '#contracts/model/account.ts';
import { notFound } from '#platform/errors/errors.ts';
import { script } from '#ports/relational/port.ts';
import { relationshipOf } from '../relationship.ts';
import { type Added, actingHead, bumpEpoch, type Step } from './head.ts';
import { endRequest, idSource, loadPair, type PairArgs, type PairChange, savePair, tell } from './pair.ts';

/** The actor lets the target follow. `not_found` without a request, unless the target follows already. */
export const authorizeFollow = script(
  import.meta.url,
  'authorizeFollow',
  function* (args: PairArgs): Step<Relationship> {
    yield* actingHead(args.actorId);
    const own = yield* loadPair(args.actorId, args.targetId);
    const other = yield* loadPair(args.targetId, args.actorId);
    if (other.row.request_id !== null) {
      const nextId = idSource(args.ids);
      const added = acceptRequest(other, nextId());
      yield bumpEpoch(args.actorId);
      yield bumpEpoch(args.targetId, added);
      yield* savePair(other, nextId, args.nowMs);
    } else if (other.row.follow_id === null) {
      throw notFound();
    }
    return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
  },
);

/** The actor refuses the target's request. `not_found` when the pair never had one. */
export const rejectFollow = script(import.meta.url, 'rejectFollow', function* (args: PairArgs): Step<Relationship> {
  yield* actingHead(args.actorId);
  const own = yield* loadPair(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  const ended = endRequest(other);
  if (ended !== undefined) {
    yield bumpEpoch(args.actorId);
    yield bumpEpoch(args.targetId, ended);
    yield* savePair(other, idSource(args.ids), args.nowMs);
  } else if (other.row.revision === 0) {
    throw notFound();
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});

/** Makes a request into a follow, with what the asker wanted of it. Gives what it adds to the numbers of the asker. */
export function acceptRequest(change: PairChange, edgeId: string): Added {
  change.row.request_id = null;
  tell(change, 'FollowRequestEnded');
  change.row.follow_id = edgeId;
  tell(change, 'UserFollowed');
  return { follows: 1, requests: -1 };
}
