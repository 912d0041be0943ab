import type { PostHead } from '#contracts/model/post.ts';
import { idAt, idTimeMs } from '#platform/ids/ids.ts';
import type { Ports } from '#platform/lifecycle/platform.ts';
import { PostStore } from '#services/post/store/post-store.ts';
import { inParallel } from './callers.ts';
import type { Report } from './generate.ts';
import { powerLawPicker } from './powers.ts';
import { addFollows, type BulkFollow, countFollowsOf, countPostsOf } from './scripts.ts';

/** Follows of one person, as the product limits them. */
const MAX_FOLLOWS = 5_000;
/** Follows of one transaction: what stands behind it waits for this long. */
const FOLLOWS_AT_ONCE = 4_000;
const PEOPLE_AT_ONCE = 200;
const WIDTH = 64;
const DAY_MS = 24 * 3_600_000;
/** Posts are spread over the time before now, so that homes of readers who come in are pulled from weeks, as in life. */
const POST_DAYS = 20;

/**
 * Follows, written in the order of the table. No events tell of them: nobody has a home yet that would have to learn of them, and counts are
 * brought up at the end.
 */
export async function bulkFollows(
  { relational }: Ports,
  people: readonly string[],
  total: number,
  next: () => number,
  report: Report,
): Promise<void> {
  const famous = powerLawPicker(people.length, next);
  const each = Math.min(MAX_FOLLOWS, Math.ceil(total / people.length));
  const since = Date.now() - 30 * DAY_MS;
  let follows: BulkFollow[] = [];
  let made = 0;
  const flush = async () => {
    await relational.run(addFollows, { follows });
    made += follows.length;
    report('Follows', made, total);
    follows = [];
  };
  for (const follower of people.keys()) {
    const chosen = new Set<number>();
    for (let tries = 0; chosen.size < each && tries < each * 10; tries++) {
      const followed = famous();
      if (followed !== follower) chosen.add(followed);
    }
    const targets = [...chosen].map((index) => people[index]!).sort();
    for (const targetId of targets) {
      const followId = idAt(since + made + follows.length);
      follows.push({ actorId: people[follower]!, targetId, followId });
    }
    if (follows.length >= FOLLOWS_AT_ONCE) await flush();
  }
  await flush();
  for (let from = 0; from < people.length; from += PEOPLE_AT_ONCE) {
    await relational.run(countFollowsOf, { ids: people.slice(from, from + PEOPLE_AT_ONCE) });
    report('Counts', from, people.length);
  }
}

/** Posts, written as the post service writes them, without their events: nobody reads yet, so there is nothing to deliver. */
export async function bulkPosts(
  { relational, wideColumn }: Ports,
  people: readonly string[],
  total: number,
  next: () => number,
  report: Report,
): Promise<void> {
  const posts = new PostStore({ wideColumn, onlyWriter: false });
  const author = powerLawPicker(people.length, next);
  const stepMs = (POST_DAYS * DAY_MS) / total;
  const firstMs = Date.now() - POST_DAYS * DAY_MS;
  const made = Array.from({ length: total }, (_, index) => ({
    id: idAt(firstMs + index * stepMs),
    authorId: people[author()]!,
  }));
  await inParallel(total, WIDTH, async (index) => {
    const { id, authorId } = made[index]!;
    const tag = `day${index % 50}`;
    await posts.write(headOf(id, authorId), bodyOf(`Post ${index}: what I saw on my way today #${tag}`, tag), [], true);
    if (index % 500 === 0) report('Posts', index, total);
  });
  const authors = [...Map.groupBy(made, ({ authorId }) => authorId)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([authorId, posts]) => ({
      authorId,
      postIds: posts.map(({ id }) => id),
      lastMs: idTimeMs(posts.at(-1)!.id),
    }));
  for (let from = 0; from < authors.length; from += PEOPLE_AT_ONCE) {
    await relational.run(countPostsOf, { authors: authors.slice(from, from + PEOPLE_AT_ONCE) });
  }
}

function headOf(id: string, authorId: string): PostHead {
  return {
    id,
    authorId,
    kind: 'post',
    visibility: 'public',
    state: 'live',
    version: 1,
    createdMs: idTimeMs(id),
    replyToId: null,
    replyToAuthorId: null,
    repostOfId: null,
    repostOfAuthorId: null,
    threadId: id,
    language: 'en',
    mentionedIds: [],
  };
}

function bodyOf(text: string, tag: string) {
  return {
    text,
    contentWarning: '',
    sensitive: false,
    language: 'en',
    mentions: [],
    tags: [tag],
    mediaIds: [],
    hasPoll: false,
    application: null,
    editedMs: null,
  };
}
