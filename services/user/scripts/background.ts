import { rowsOf, script } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db } from '../store/tables.ts';
import { acceptRequest } from './follow-requests.ts';
import { bumpEpoch, headOf, type Step } from './head.ts';
import { endMute } from './mute.ts';
import { idSource, loadPair, savePair } from './pair.ts';

/** Rows of one transaction. */
export const BACKGROUND_BATCH = 100;
/** Ids that one row of a batch may need: an edge and two events. */
export const IDS_PER_ROW = 3;

const selectRequests = prepared((p: { id: string }) =>
  db
    .selectFrom('user_pairs')
    .select('actor_id')
    .where('target_id', '=', p.id)
    .where('request_id', 'is not', null)
    .orderBy('request_id')
    .limit(BACKGROUND_BATCH),
);

interface BatchArgs {
  readonly nowMs: number;
  readonly ids: readonly string[];
}

/** Lets in some of those who wait at an account that is no longer locked. Whether there may be more. */
export const authorizeSome = script(
  import.meta.url,
  'authorizeSome',
  function* (args: BatchArgs & { readonly accountId: string }): Step<boolean> {
    const id = args.accountId;
    const head = yield* headOf(id);
    if (head === undefined || head.state === 'deleted' || head.locked === 1) return false;
    const waiting = yield* rowsOf(selectRequests({ id }));
    const nextId = idSource(args.ids);
    for (const { actor_id } of waiting) {
      const change = yield* loadPair(actor_id, id);
      yield bumpEpoch(actor_id, acceptRequest(change, nextId()));
      yield* savePair(change, nextId, args.nowMs);
    }
    return waiting.length === BACKGROUND_BATCH;
  },
);

const selectDueMutes = prepared((p: { nowMs: number }) =>
  db
    .selectFrom('user_pairs')
    .select(['actor_id', 'target_id'])
    .where('mute_until_ms', '<=', p.nowMs)
    .orderBy('mute_until_ms')
    .limit(BACKGROUND_BATCH),
);

/** Removes some mutes whose time is over; every read treats them as gone already. Whether there may be more. */
export const sweepMutes = script(import.meta.url, 'sweepMutes', function* (args: BatchArgs): Step<boolean> {
  const due = yield* rowsOf(selectDueMutes({ nowMs: args.nowMs }));
  const nextId = idSource(args.ids);
  for (const { actor_id, target_id } of due) {
    const change = yield* loadPair(actor_id, target_id);
    endMute(change);
    yield bumpEpoch(actor_id);
    yield* savePair(change, nextId, args.nowMs);
  }
  return due.length === BACKGROUND_BATCH;
});
