import type { Relationship } from '#contracts/model/account.ts';
import { script } from '#ports/relational/port.ts';
import { mutes, relationshipOf } from '../relationship.ts';
import { actingHead, bumpEpoch, type Step, visibleHead } from './head.ts';
import { idSource, loadPair, type PairArgs, type PairChange, savePair, tell } from './pair.ts';

export interface MuteArgs extends PairArgs {
  readonly notifications: boolean;
  /** Null: until it is ended. */
  readonly untilMs: number | null;
}

/** Mutes, or changes a mute that stands. Muting oneself changes nothing, as in Mastodon. */
export const mute = script(import.meta.url, 'mute', function* (args: MuteArgs): Step<Relationship> {
  yield* actingHead(args.actorId);
  const own = yield* loadPair(args.actorId, args.targetId);
  const stands = mutes(own.row, args.nowMs);
  if (!stands) yield* visibleHead(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  const wanted = args.notifications ? 1 : 0;
  const same = stands && own.row.mute_notifications === wanted && own.row.mute_until_ms === args.untilMs;
  if (!same && args.actorId !== args.targetId) {
    const nextId = idSource(args.ids);
    if (!stands) own.row.mute_id = nextId();
    own.row.mute_notifications = wanted;
    own.row.mute_until_ms = args.untilMs;
    tell(own, 'UserMuted');
    yield bumpEpoch(args.actorId);
    yield* savePair(own, nextId, args.nowMs);
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});

/** Ends a mute. Nothing to end is no error. */
export const unmute = script(import.meta.url, 'unmute', function* (args: PairArgs): Step<Relationship> {
  yield* actingHead(args.actorId);
  const own = yield* loadPair(args.actorId, args.targetId);
  const other = yield* loadPair(args.targetId, args.actorId);
  if (endMute(own)) {
    yield bumpEpoch(args.actorId);
    yield* savePair(own, idSource(args.ids), args.nowMs);
  } else if (own.row.revision === 0) {
    yield* visibleHead(args.actorId, args.targetId);
  }
  return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
});

/** Whether there was one. */
export function endMute(change: PairChange): boolean {
  if (change.row.mute_id === null) return false;
  change.row.mute_id = null;
  change.row.mute_notifications = 0;
  change.row.mute_until_ms = null;
  tell(change, 'UserUnmuted');
  return true;
}
