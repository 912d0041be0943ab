import type { Relationship } from '#contracts/model/account.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { script } from '#ports/relational/port.ts';
import { relationshipOf } from '../relationship.ts';
import { actingHead, type Step, visibleHead } from './head.ts';
import { idSource, loadPair, type PairArgs, savePair } from './pair.ts';

/** What the actor notes about the target, for their own eyes. An empty note removes it. No event and no epoch: nobody else's view depends on it. */
export const setNote = script(
  import.meta.url,
  'setNote',
  function* (args: PairArgs & { readonly note: string }): Step<Relationship> {
    yield* actingHead(args.actorId);
    yield* visibleHead(args.actorId, args.targetId);
    const own = yield* loadPair(args.actorId, args.targetId);
    const other = yield* loadPair(args.targetId, args.actorId);
    if (own.row.note !== args.note) {
      own.row.note = args.note;
      yield* savePair(own, idSource(args.ids), args.nowMs);
    }
    return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
  },
);

/** Shows (or no longer shows) the target on the actor's profile; only people one follows. */
export const setEndorsed = script(
  import.meta.url,
  'setEndorsed',
  function* (args: PairArgs & { readonly endorsed: boolean }): Step<Relationship> {
    yield* actingHead(args.actorId);
    if (args.endorsed) yield* visibleHead(args.actorId, args.targetId);
    const own = yield* loadPair(args.actorId, args.targetId);
    const other = yield* loadPair(args.targetId, args.actorId);
    if (args.endorsed && own.row.follow_id === null) {
      const description = 'You must be already following the person you want to endorse';
      throw new PlazaError('validation_failed', `Validation failed: ${description}`, { description });
    }
    if (args.endorsed !== (own.row.endorse_id !== null)) {
      const nextId = idSource(args.ids);
      own.row.endorse_id = args.endorsed ? nextId() : null;
      yield* savePair(own, nextId, args.nowMs);
    } else if (own.row.revision === 0 && !args.endorsed) {
      yield* visibleHead(args.actorId, args.targetId);
    }
    return relationshipOf(args.targetId, own.row, other.row, args.nowMs);
  },
);
