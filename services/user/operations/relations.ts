import type { Relationship } from '#contracts/model/account.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { invalid } from '#platform/errors/errors.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import type { Script } from '#ports/relational/port.ts';
import { strangerFacts } from '../facts.ts';
import { freshIds, requireAccount, type UserParts } from '../parts.ts';
import { relationshipOf } from '../relationship.ts';
import { block, unblock } from '../scripts/block.ts';
import { follow } from '../scripts/follow.ts';
import { authorizeFollow, rejectFollow } from '../scripts/follow-requests.ts';
import { mute, unmute } from '../scripts/mute.ts';
import { setEndorsed, setNote } from '../scripts/note.ts';
import { IDS_PER_PAIR_SCRIPT, type PairArgs } from '../scripts/pair.ts';
import { removeFollower, unfollow } from '../scripts/unfollow.ts';
import { readHeads } from '../store/heads.ts';
import { readPairs } from '../store/pairs.ts';

type RelationOperations = Pick<
  UserService,
  | 'follow'
  | 'unfollow'
  | 'removeFollower'
  | 'authorizeFollow'
  | 'rejectFollow'
  | 'block'
  | 'unblock'
  | 'mute'
  | 'unmute'
  | 'setNote'
  | 'endorse'
  | 'unendorse'
  | 'relationships'
>;

/** What one person does with regard to another. Each change is one transaction, told of in it, and holds from its acknowledgement. */
export function relationOperations(parts: UserParts): RelationOperations {
  const { relational, clock, ids, change } = parts;

  const pairArgs = (context: CallContext, targetId: string): PairArgs => ({
    actorId: requireAccount(context),
    targetId,
    nowMs: clock.now(),
    ids: freshIds(ids, IDS_PER_PAIR_SCRIPT),
  });
  const simple =
    (script: Script<PairArgs, Relationship>) =>
    async ({ accountId }: { accountId: string }, context: CallContext) =>
      change(script, pairArgs(context, accountId));

  return {
    unfollow: simple(unfollow),
    removeFollower: simple(removeFollower),
    authorizeFollow: simple(authorizeFollow),
    rejectFollow: simple(rejectFollow),
    block: simple(block),
    unblock: simple(unblock),
    unmute: simple(unmute),
    async follow({ accountId, showReposts, notify, languages }, context) {
      const wanted = languages === undefined ? undefined : checkedLanguages(languages);
      return change(follow, { ...pairArgs(context, accountId), showReposts, notify, languages: wanted });
    },
    async mute({ accountId, notifications, durationSeconds }, context) {
      const args = pairArgs(context, accountId);
      const untilMs = durationSeconds === 0 ? null : args.nowMs + durationSeconds * 1_000;
      return change(mute, { ...args, notifications, untilMs });
    },
    async setNote({ accountId, note }, context) {
      return change(setNote, { ...pairArgs(context, accountId), note });
    },
    async endorse({ accountId }, context) {
      return change(setEndorsed, { ...pairArgs(context, accountId), endorsed: true });
    },
    async unendorse({ accountId }, context) {
      return change(setEndorsed, { ...pairArgs(context, accountId), endorsed: false });
    },
    async relationships({ ids: wanted }, context) {
      const viewerId = requireAccount(context);
      const heads = await readHeads(relational, wanted);
      const states = new Map(heads.map((head) => [head.id, head.state]));
      const pairs = await readPairs(relational, viewerId, wanted);
      const nowMs = clock.now();
      const visible = wanted.filter((id) => {
        const state = states.get(id);
        return state !== undefined && maySeeAccount({ id: viewerId }, strangerFacts(id, state));
      });
      return {
        relationships: visible.map((id) => relationshipOf(id, pairs.own.get(id), pairs.other.get(id), nowMs)),
      };
    },
  };
}

/** Codes of languages, each once. They are stored joined by blanks, so nothing else may pass. */
function checkedLanguages(languages: readonly string[]): string[] {
  for (const language of languages) {
    if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$/.test(language)) {
      throw invalid('languages', 'ERR_INVALID', 'Languages must be codes of languages');
    }
  }
  return [...new Set(languages)];
}
