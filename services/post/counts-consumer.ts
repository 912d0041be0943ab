/**
 * Counts likes, reposts and replies.
 *
 * Invariant: the counts of a post are the number of its counted rows that are active, and both are changed in one atomic write. An event changes a
 * counted row only when its revision is larger, and the counts only when that row's state changes, so an event that comes twice, late or out of
 * order changes nothing. All reactions to a post come through one partition, one batch at a time, and the rows carry the position in that
 * partition as their version: a batch written again writes the same, and a consumer that wakes after a long sleep meets larger versions.
 */
import type { Static } from 'typebox';
import { REACTION_TOPIC, reactionEvents } from '#contracts/events/post.ts';
import type { Faults } from '#platform/faults/faults.ts';
import type { IncomingEvent, Subscription } from '#ports/event-bus/port.ts';
import { MAX_MUTATIONS_PER_ATOMIC_WRITE, type Mutation, put, type WideColumn } from '#ports/wide-column/port.ts';
import type { Key } from '#ports/wide-column/table.ts';
import type { CountRow } from './store/count-store.ts';
import { type CountedKind, countActive } from './store/counted.ts';
import { COUNTED, POST_COUNTS, shardOf } from './store/tables.ts';

export const COUNTS_GROUP = 'post.counts';

/** An event makes at most one counted row, and each post one row of counts. */
const EVENTS_PER_WRITE = MAX_MUTATIONS_PER_ATOMIC_WRITE / 2;

/** What one event says about one counted row. */
interface Change {
  readonly postId: string;
  readonly kind: CountedKind;
  readonly sourceId: string;
  readonly active: boolean;
  readonly revision: number;
  readonly position: number;
}

interface CountedState {
  readonly active: boolean;
  readonly revision: number;
  readonly position: number;
}

/** `touched` learns which posts were counted, once that is written. */
export function countsSubscription(
  wide: WideColumn,
  faults: Faults,
  touched: (postId: string) => void = () => {},
): Subscription {
  return {
    group: COUNTS_GROUP,
    topics: [REACTION_TOPIC],
    from: 'earliest',
    offsets: 'derived',
    maxBatch: 500,
    async handle(events) {
      const posts = new Set<string>();
      try {
        let changes: Change[] = [];
        for (const event of events) {
          const told = readEvent(event);
          if (told === undefined) continue;
          posts.add(told.postId);
          if ('kind' in told) changes.push(told);
          else {
            await countAll(wide, faults, changes);
            changes = [];
            await sumUp(wide, told.postId, told.position);
          }
        }
        await countAll(wide, faults, changes);
      } finally {
        // Also when it failed: what was written before that stands.
        for (const postId of posts) touched(postId);
      }
    },
  };
}

async function countAll(wide: WideColumn, faults: Faults, changes: readonly Change[]): Promise<void> {
  for (let from = 0; from < changes.length; from += EVENTS_PER_WRITE) {
    await count(wide, faults, changes.slice(from, from + EVENTS_PER_WRITE));
  }
}

/** Makes the counts of a post anew from its counted rows. */
async function sumUp(wide: WideColumn, post_id: string, position: number): Promise<void> {
  const [likes, reposts, replies] = await Promise.all(
    (['like', 'repost', 'reply'] as const).map((kind) => countActive(wide, post_id, kind)),
  );
  const row = { post_id, likes: likes!, reposts: reposts!, replies: replies!, position };
  await wide.write([put(POST_COUNTS, row, position)]);
}

async function count(wide: WideColumn, faults: Faults, changes: readonly Change[]): Promise<void> {
  const counted = await readCounted(wide, changes);
  const counts = await readCounts(wide, changes);
  const touched = new Map<string, Change>();
  for (const change of changes) {
    const name = nameOf(change);
    const before = counted.get(name);
    if (before !== undefined && before.revision >= change.revision) continue;
    counted.set(name, change);
    touched.set(name, change);
    const difference = (change.active ? 1 : 0) - (before?.active === true ? 1 : 0);
    counts.set(change.postId, added(counts.get(change.postId)!, change, difference));
  }
  if (touched.size === 0) return;
  const rows: Mutation[] = [];
  for (const { postId: post_id, kind, sourceId: source_id, active, revision, position } of touched.values()) {
    const shard = shardOf(source_id);
    rows.push(put(COUNTED, { post_id, kind, shard, source_id, active, revision, position }, position));
  }
  for (const post_id of new Set([...touched.values()].map(({ postId }) => postId))) {
    const { likes, reposts, replies, position } = counts.get(post_id)!;
    rows.push(put(POST_COUNTS, { post_id, likes, reposts, replies, position }, position));
  }
  faults.hit('counts.before-write');
  await wide.write(rows, { atomic: true });
}

function added(row: CountRow, { kind, position }: Change, difference: number): CountRow {
  return {
    likes: row.likes + (kind === 'like' ? difference : 0),
    reposts: row.reposts + (kind === 'repost' ? difference : 0),
    replies: row.replies + (kind === 'reply' ? difference : 0),
    position,
  };
}

async function readCounted(wide: WideColumn, changes: readonly Change[]): Promise<Map<string, CountedState>> {
  const keys: Key<typeof COUNTED>[] = changes.map(({ postId, kind, sourceId }) => ({
    post_id: postId,
    kind,
    shard: shardOf(sourceId),
    source_id: sourceId,
  }));
  const rows = await wide.getMany(COUNTED, keys);
  const states = new Map<string, CountedState>();
  rows.forEach((row, i) => {
    if (row !== undefined) states.set(nameOf(changes[i]!), row);
  });
  return states;
}

async function readCounts(wide: WideColumn, changes: readonly Change[]): Promise<Map<string, CountRow>> {
  const ids = [...new Set(changes.map(({ postId }) => postId))];
  const rows = await wide.getMany(
    POST_COUNTS,
    ids.map((post_id) => ({ post_id })),
  );
  return new Map(ids.map((id, i) => [id, rows[i] ?? { likes: 0, reposts: 0, replies: 0, position: 0 }]));
}

function nameOf({ postId, kind, sourceId }: Pick<Change, 'postId' | 'kind' | 'sourceId'>): string {
  return `${postId} ${kind} ${sourceId}`;
}

type Liked = Static<(typeof reactionEvents.PostLiked)['data']>;
type Replied = Static<(typeof reactionEvents.PostReplied)['data']>;

const KINDS = new Map<string, CountedKind>([
  [reactionEvents.PostLiked.type, 'like'],
  [reactionEvents.PostReposted.type, 'repost'],
  [reactionEvents.PostReplied.type, 'reply'],
]);

/** Undefined for events that are not counted; without a kind, the post whose sums are doubted. */
function readEvent({ body, offset }: IncomingEvent): Change | Pick<Change, 'postId' | 'position'> | undefined {
  const { type, data } = JSON.parse(body) as { type: string; data: Liked | Replied };
  const position = offset + 1;
  if (type === reactionEvents.CountsDoubted.type) return { postId: data.postId, position };
  const kind = KINDS.get(type);
  if (kind === undefined) return undefined;
  const { postId, actorId, active, revision } = data;
  const sourceId = kind === 'reply' ? (data as Replied).replyId : actorId;
  return { postId, kind, sourceId, active, revision, position };
}
