/**
 * What follows from posts being made, edited and deleted: numbers of hashtags and posts, the poll as an edit made it, and everything that hung on a
 * deleted post.
 *
 * Invariant: a use of a hashtag is a row per (post, name), and the numbers change only with that row; the number of posts is kept per partition up to an
 * offset, with a row per creation and deletion, because a relay that died may publish an event again. A poll becomes what the newest body says, unless it is newer.
 * Removing what is removed changes nothing. So a batch may come again.
 */
import type { Static } from 'typebox';
import { POST_TOPIC, postEvents } from '#contracts/events/post.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { idTimeMs } from '#platform/ids/ids.ts';
import type { IncomingEvent, Subscription } from '#ports/event-bus/port.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import type { PostMedia } from './media-port.ts';
import {
  endRepostsOf,
  endRepostsOfNothing,
  type RepostsOfDeletedTools,
  type RepostTold,
} from './reposts-of-deleted.ts';
import { revisePoll } from './scripts/revise-poll.ts';
import { type TagUse, tally } from './scripts/tags.ts';
import type { PinStore } from './store/pin-store.ts';
import type { PollStore } from './store/poll-store.ts';
import type { PostStore } from './store/post-store.ts';
import type { RevisionStore } from './store/revision-store.ts';
import { POST_HISTORY } from './store/tables.ts';
import { DAY_MS, dayOf, TAG_DAYS } from './store/tag-store.ts';

export const FOLLOW_UP_GROUP = 'post.follow-up';

export interface FollowUpTools extends RepostsOfDeletedTools {
  readonly clock: Clock;
  readonly wide: WideColumn;
  readonly relational: Relational;
  readonly posts: PostStore;
  readonly polls: PollStore;
  readonly pins: PinStore;
  readonly revisionNumbers: RevisionStore;
  readonly media: PostMedia;
}

interface Told {
  readonly type: string;
  readonly offset: number;
  readonly data: Static<(typeof postEvents.PostCreated)['data']>;
}

export function followUpSubscription(tools: FollowUpTools): Subscription {
  return {
    group: FOLLOW_UP_GROUP,
    topics: [POST_TOPIC],
    from: 'earliest',
    offsets: 'core',
    maxBatch: 400,
    handle: (events) => followUp(tools, events),
  };
}

async function followUp(tools: FollowUpTools, events: readonly IncomingEvent[]): Promise<void> {
  const told = events.map(({ body, offset }): Told => ({ ...JSON.parse(body), offset }));
  const posts = told.filter(({ data }) => data.kind === 'post');
  const deletedIds = posts.filter(({ type }) => type === postEvents.PostDeleted.type).map(({ data }) => data.postId);
  await tools.relational.run(tally, {
    uses: await usesIn(tools, posts),
    deletedIds,
    posts: {
      partition: events[0]!.partition,
      nextOffset: events.at(-1)!.offset + 1,
      steps: posts
        .filter(({ type }) => type in DELETED)
        .map(({ type, offset, data }) => ({ offset, postId: data.postId, deleted: DELETED[type]! })),
      dayMs: dayOf(tools.clock.now()),
    },
  });
  await bringPollsUp(tools, posts);
  for (const id of deletedIds) await cleanUp(tools, id);
  await endRepostsOfNothing(tools, repostsMade(told));
}

function repostsMade(told: readonly Told[]): RepostTold[] {
  return told
    .filter(({ type, data }) => type === postEvents.PostCreated.type && data.kind === 'repost')
    .map(({ data }) => ({ reposterId: data.authorId, repostOfId: data.repostOfId! }));
}

const DELETED: Readonly<Record<string, boolean>> = {
  [postEvents.PostCreated.type]: false,
  [postEvents.PostDeleted.type]: true,
};

/** Uses of hashtags by public posts of the days that are told of. A post that is gone by now has none. */
async function usesIn({ clock, posts }: FollowUpTools, told: readonly Told[]): Promise<TagUse[]> {
  const oldestMs = dayOf(clock.now()) - TAG_DAYS * DAY_MS;
  const ids = new Set<string>();
  const authors = new Map<string, string>();
  for (const { type, data } of told) {
    if (type === postEvents.PostDeleted.type || data.visibility !== 'public') continue;
    if (idTimeMs(data.postId) < oldestMs) continue;
    ids.add(data.postId);
    authors.set(data.postId, data.authorId);
  }
  if (ids.size === 0) return [];
  const uses: TagUse[] = [];
  for (const row of await posts.bodies([...ids])) {
    if (row === undefined) continue;
    for (const name of row.body.tags) {
      uses.push({ name, postId: row.id, accountId: authors.get(row.id)!, dayMs: dayOf(idTimeMs(row.id)) });
    }
  }
  return uses;
}

/** The process that took an edit may have ended before it changed the poll. */
async function bringPollsUp({ posts, relational }: FollowUpTools, told: readonly Told[]): Promise<void> {
  const authors = new Map<string, string>();
  for (const { type, data } of told) {
    if (type === postEvents.PostUpdated.type) authors.set(data.postId, data.authorId);
  }
  if (authors.size === 0) return;
  for (const row of await posts.bodies([...authors.keys()])) {
    if (row?.body.poll === undefined) continue;
    const { id, revision, body } = row;
    const { editedMs, poll = null } = body;
    await relational.run(revisePoll, { pollId: id, authorId: authors.get(id)!, revision, editedMs: editedMs!, poll });
  }
}

/** A deleted post leaves nothing behind: not what it said before it was edited, nor its poll, pin, media and reposts. */
async function cleanUp(tools: FollowUpTools, postId: string): Promise<void> {
  const { wide, polls, pins, revisionNumbers, media } = tools;
  await wide.dropPartition(POST_HISTORY, { post_id: postId });
  await polls.remove(postId);
  await pins.removePost(postId);
  await revisionNumbers.forget(postId);
  await media.release(postId, 'all', false);
  await endRepostsOf(tools, postId);
}
