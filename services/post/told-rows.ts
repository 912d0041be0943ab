/**
 * The rows that events of posts tell of, as they are now, read one after the other from a store in use, so that a copy made while people go on is whole.
 *
 * A copy of several tables meets each at another moment. Of what was changed meanwhile there is an event; whoever has copied all tables reads what is here for
 * every event since the beginning and adds it. Versions decide, so the order does not matter and twice is once.
 */
import type { Static } from 'typebox';
import { postEvents, reactionEvents } from '#contracts/events/post.ts';
import type { PostHead } from '#contracts/model/post.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { newEvent, type PendingEvent } from '#platform/outbox/event.ts';
import { FINAL_VERSION, MAX_RANGE_ROWS, type Mutation, put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import { countsAsReply } from './events.ts';
import { type DeedKind, DeedStore } from './store/deed-store.ts';
import { headOf } from './store/heads.ts';
import { postRows, tombstones } from './store/post-store.ts';
import { POST_BODY, POST_BY_AUTHOR_TAG, POST_HEAD, POST_HISTORY } from './store/tables.ts';

type OfPost = Static<(typeof postEvents.PostCreated)['data']>;
type OfReaction = Static<(typeof reactionEvents.PostLiked)['data']>;

const POSTS: ReadonlySet<string> = new Set(Object.values(postEvents).map(({ type }) => type));
const DEEDS: ReadonlyMap<string, DeedKind> = new Map([
  [reactionEvents.PostLiked.type, 'like'],
  [reactionEvents.PostReposted.type, 'repost'],
]);
/** Edits that may come between two reads of one post before it is given up. */
const ATTEMPTS = 20;

/** Events that tell of the same rows have the same name here; undefined for those that tell of none. */
export function subjectOf(body: string): string | undefined {
  const { type, data } = JSON.parse(body) as { type: string; data: OfPost & OfReaction };
  if (POSTS.has(type)) return `post ${data.postId}`;
  const kind = DEEDS.get(type);
  return kind === undefined ? undefined : `${kind} ${data.postId} ${data.actorId}`;
}

export interface Told {
  readonly rows: readonly Mutation[];
  /**
   * Say what the rows say. They were read after the events that are copied: what changed in between would have its rows, and nobody would be told. Who knows
   * already finds nothing new.
   */
  readonly events: readonly PendingEvent[];
}

export interface ToldTools {
  readonly wide: WideColumn;
  readonly clock: Clock;
  /** A new one for each event. */
  readonly newId: () => string;
}

/** What an event tells of, as it is now. */
export async function toldRows(tools: ToldTools, body: string): Promise<Told> {
  const { type, data } = JSON.parse(body) as { type: string; data: OfPost & OfReaction };
  if (POSTS.has(type)) return rowsOfPost(tools, data);
  const kind = DEEDS.get(type);
  return kind === undefined ? { rows: [], events: [] } : rowsOfDeed(tools, data, kind);
}

/** The post whose numbers may not match what was counted, if this event was counted while both were being copied. */
export function countedPost(body: string): string | undefined {
  const { data } = JSON.parse(body) as { data: { postId?: string } };
  return data.postId;
}

async function rowsOfPost(tools: ToldTools, data: OfPost): Promise<Told> {
  const { wide } = tools;
  for (let attempt = 1; ; attempt++) {
    const body = await wide.get(POST_BODY, { id: data.postId });
    const history = await wide.range(POST_HISTORY, { post_id: data.postId }, { limit: MAX_RANGE_ROWS });
    // The head comes last: a post that has one by now had its body before.
    const row = await wide.get(POST_HEAD, { id: data.postId });
    if (row === undefined) return gone(tools, data);
    const head = headOf(row);
    const isWhole = head.kind === 'repost' || body?.revision === head.version;
    if (!isWhole && attempt < ATTEMPTS) continue;
    const tags = body?.body.tags ?? [];
    const lost = new Set(history.flatMap((said) => said.body.tags as string[]).filter((tag) => !tags.includes(tag)));
    const rows = [
      ...postRows(head, body?.body ?? null),
      ...history.map((said) => put(POST_HISTORY, said, 1)),
      ...[...lost].map((tag) =>
        remove(POST_BY_AUTHOR_TAG, { author_id: head.authorId, tag, id: head.id }, head.version),
      ),
    ];
    const isEdited = head.version > 1;
    const events = isEdited ? [newEvent(postEvents.PostUpdated, fields(tools, data.postId, head.version, data))] : [];
    return { rows, events };
  }
}

/** As its deletion wrote it. The rows of its hashtags are not known any more; who reads them asks for the head. */
function gone(tools: ToldTools, data: OfPost): Told {
  const head = { ...data, id: data.postId } as unknown as PostHead;
  const events = [newEvent(postEvents.PostDeleted, fields(tools, data.postId, FINAL_VERSION, data))];
  if (countsAsReply(head)) {
    const { replyToId, replyToAuthorId, authorId: actorId, postId: replyId } = data;
    const reply = { postId: replyToId!, authorId: replyToAuthorId!, actorId, replyId, active: false, revision: 2 };
    events.push(newEvent(reactionEvents.PostReplied, fields(tools, reply.postId, reply.revision, reply)));
  }
  return { rows: tombstones({ head, tags: [] }), events };
}

async function rowsOfDeed(tools: ToldTools, { postId, authorId, actorId }: OfReaction, kind: DeedKind): Promise<Told> {
  const deeds = new DeedStore(tools.wide);
  const deed = await deeds.get(actorId, postId, kind);
  if (deed === undefined) return { rows: [], events: [] };
  const { active, revision, repostId } = deed;
  const data = { postId, authorId, actorId, active, revision };
  const event =
    kind === 'like'
      ? newEvent(reactionEvents.PostLiked, fields(tools, postId, revision, data))
      : newEvent(reactionEvents.PostReposted, fields(tools, postId, revision, { ...data, repostId: repostId! }));
  return { rows: deeds.mutations(actorId, postId, deed, deed), events: [event] };
}

function fields<D>({ clock, newId }: ToldTools, subject: string, version: number, data: D) {
  return { id: newId(), source: 'post', subject, version, timeMs: clock.now(), data };
}
