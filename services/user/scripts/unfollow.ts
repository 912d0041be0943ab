import type { Relationship } from '#contracts/model/account.ts';
import { script } from '#ports/relational/port.ts';
import { relationshipOf } from '../relationship.ts';
import { actingHead, bumpEpoch, type Step, visibleHead } from './head.ts';
import { endFollow, endRequest, idSource, loadPair, type PairArgs, savePair } from './pair.ts';

/** Ends what the actor follows or has asked to follow. Nothing to end is no error. */
export const unfollow = script(import.meta.url, 'unfollow', function* (args: PairArgs): Step<Relationship> {
  yield* actingHead(args.actorId);
  const own = yield* loadPair(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  const ended = endFollow(own) ?? endRequest(own);
  if (ended !== undefined) {
    yield bumpEpoch(args.actorId, ended);
    yield* savePair(own, idSource(args.ids), args.nowMs);
  } else if (own.row.revision === 0) {
    yield* visibleHead(args.actorId, args.targetId);
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});

/** Ends the target's follow of the actor. Nothing to end is no error. */
export const removeFollower = script(import.meta.url, 'removeFollower', function* (args: PairArgs): Step<Relationship> {
  yield* actingHead(args.actorId);
  const own = yield* loadPair(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  const ended = endFollow(other);
  if (ended !== undefined) {
    yield bumpEpoch(args.actorId);
    yield bumpEpoch(args.targetId, ended);
    yield* savePair(other, idSource(args.ids), args.nowMs);
  } else if (other.row.revision === 0) {
    yield* visibleHead(args.actorId, args.targetId);
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});
