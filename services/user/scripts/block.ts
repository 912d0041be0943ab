import type { Relationship } from '#contracts/model/account.ts';
import { script } from '#ports/relational/port.ts';
import { relationshipOf } from '../relationship.ts';
import { actingHead, bumpEpoch, type Step, visibleHead } from './head.ts';
import { endFollow, endRequest, idSource, loadPair, type PairArgs, savePair, tell } from './pair.ts';

/**
 * Blocks, and ends in the same transaction whatever each of the two follows, asks or recommends of the other. Blocking oneself changes nothing, as in
 * Mastodon.
 */
export const block = script(import.meta.url, 'block', function* (args: PairArgs): Step<Relationship> {
  yield* actingHead(args.actorId);
  const own = yield* loadPair(args.actorId, args.targetId);
  if (own.row.block_id === null) yield* visibleHead(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  if (own.row.block_id === null && args.actorId !== args.targetId) {
    const nextId = idSource(args.ids);
    const ownEnded = endFollow(own) ?? endRequest(own);
    const otherEnded = endFollow(other) ?? endRequest(other);
    own.row.block_id = nextId();
    tell(own, 'UserBlocked');
    yield bumpEpoch(args.actorId, ownEnded);
    yield bumpEpoch(args.targetId, otherEnded);
    yield* savePair(own, nextId, args.nowMs);
    if (otherEnded !== undefined) yield* savePair(other, nextId, args.nowMs);
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});

/** Ends a block. Nothing to end is no error. */
export const unblock = script(import.meta.url, 'unblock', function* (args: PairArgs): Step<Relationship> {
  yield* actingHead(args.actorId);
  const own = yield* loadPair(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  if (own.row.block_id !== null) {
    own.row.block_id = null;
    tell(own, 'UserUnblocked');
    yield bumpEpoch(args.actorId);
    yield* savePair(own, idSource(args.ids), args.nowMs);
  } else if (own.row.revision === 0) {
    yield* visibleHead(args.actorId, args.targetId);
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});
