import { graphEvents } from '#contracts/events/user.ts';
import { rowOf } from '#ports/relational/port.ts';
import { prepared } from '#ports/relational/prepared.ts';
import { db, type PairRow } from '../store/tables.ts';
import { eventQuery } from './emit.ts';
import type { Added, Step } from './head.ts';

/** What every script about a pair is given: pure functions may not make ids or read the clock. */
export interface PairArgs {
  readonly actorId: string;
  readonly targetId: string;
  readonly nowMs: number;
  /** Fresh ids, for edges and events; {@link IDS_PER_PAIR_SCRIPT} of them. */
  readonly ids: readonly string[];
}

/** A block of somebody with whom everything stood ends two follows or requests and needs an edge: six events and an id, at most. */
export const IDS_PER_PAIR_SCRIPT = 8;

type GraphEvent = keyof typeof graphEvents;

/** One ordered pair as a script changes it: the row, and the events that tell of the changes, each under a revision of its own. */
export interface PairChange {
  readonly row: PairRow;
  readonly events: { readonly name: GraphEvent; readonly revision: number }[];
}

const selectPair = prepared((p: { actorId: string; targetId: string }) =>
  db.selectFrom('user_pairs').selectAll().where('actor_id', '=', p.actorId).where('target_id', '=', p.targetId),
);

const upsertPair = prepared((p: PairRow) =>
  db
    .insertInto('user_pairs')
    .values({
      actor_id: p.actor_id,
      target_id: p.target_id,
      revision: p.revision,
      follow_id: p.follow_id,
      request_id: p.request_id,
      show_reposts: p.show_reposts,
      notify: p.notify,
      languages: p.languages,
      block_id: p.block_id,
      mute_id: p.mute_id,
      mute_notifications: p.mute_notifications,
      mute_until_ms: p.mute_until_ms,
      endorse_id: p.endorse_id,
      note: p.note,
      counted: p.counted,
    })
    .onConflict((conflict) =>
      conflict.columns(['actor_id', 'target_id']).doUpdateSet((row) => ({
        revision: row.ref('excluded.revision'),
        follow_id: row.ref('excluded.follow_id'),
        request_id: row.ref('excluded.request_id'),
        show_reposts: row.ref('excluded.show_reposts'),
        notify: row.ref('excluded.notify'),
        languages: row.ref('excluded.languages'),
        block_id: row.ref('excluded.block_id'),
        mute_id: row.ref('excluded.mute_id'),
        mute_notifications: row.ref('excluded.mute_notifications'),
        mute_until_ms: row.ref('excluded.mute_until_ms'),
        endorse_id: row.ref('excluded.endorse_id'),
        note: row.ref('excluded.note'),
      })),
    ),
);

/** Everything `actorId` has done with regard to `targetId`; an empty row where it is nothing. */
export function* loadPair(actorId: string, targetId: string): Step<PairChange> {
  const row = (yield* rowOf(selectPair({ actorId, targetId }))) ?? emptyPair(actorId, targetId);
  return { row: { ...row }, events: [] };
}

function emptyPair(actorId: string, targetId: string): PairRow {
  return {
    actor_id: actorId,
    target_id: targetId,
    revision: 0,
    follow_id: null,
    request_id: null,
    show_reposts: 0,
    notify: 0,
    languages: '',
    block_id: null,
    mute_id: null,
    mute_notifications: 0,
    mute_until_ms: null,
    endorse_id: null,
    note: '',
    counted: 0,
  };
}

/** Notes an event under the pair's next revision. */
export function tell(change: PairChange, name: GraphEvent): void {
  change.row.revision += 1;
  change.events.push({ name, revision: change.row.revision });
}

/** Ends a follow, with what rests on it. Undefined when there is none; otherwise what it adds to the numbers of the one who followed. */
export function endFollow(change: PairChange): Added | undefined {
  if (change.row.follow_id === null) return undefined;
  change.row.follow_id = null;
  change.row.endorse_id = null;
  clearOptions(change.row);
  tell(change, 'UserUnfollowed');
  return { follows: -1, requests: 0 };
}

/** The same for a follow request. */
export function endRequest(change: PairChange): Added | undefined {
  if (change.row.request_id === null) return undefined;
  change.row.request_id = null;
  clearOptions(change.row);
  tell(change, 'FollowRequestEnded');
  return { follows: 0, requests: -1 };
}

function clearOptions(row: PairRow): void {
  row.show_reposts = 0;
  row.notify = 0;
  row.languages = '';
}

/** Writes the row and its events. `nextId` gives the ids of the events. */
export function* savePair(change: PairChange, nextId: () => string, nowMs: number): Step<void> {
  const { row } = change;
  yield upsertPair(row);
  for (const { name, revision } of change.events) {
    yield eventQuery({
      id: nextId(),
      type: graphEvents[name],
      subject: `${row.actor_id}:${row.target_id}`,
      version: revision,
      nowMs,
      data: { actorId: row.actor_id, targetId: row.target_id },
    });
  }
}

/** Gives the ids that a script was handed, one after the other. */
export function idSource(ids: readonly string[]): () => string {
  let used = 0;
  return () => {
    const id = ids[used++];
    if (id === undefined) throw new Error('The script was given too few ids.');
    return id;
  };
}
