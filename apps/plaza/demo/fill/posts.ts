import type { Chance } from '../chance.ts';
import type { Graph } from '../plan/follows.ts';
import type { PlannedPerson } from '../plan/people.ts';
import type { PlannedPost } from '../plan/posts.ts';
import { planReactions } from '../plan/reactions.ts';
import { uploadPicture } from './pictures.ts';
import { inParallel, type Stage } from './stage.ts';

const STEP = 'Posts';
const MINUTE_MS = 60_000;
/** Posts within so long are made at one go: each leap of the clock costs as much as some posts. */
const MOMENT_MS = 40 * MINUTE_MS;
/** Uploads that no post takes are swept after a day, so pictures are handed in not long before. */
const UPLOAD_AHEAD_MS = 12 * 60 * MINUTE_MS;
const WIDTH = 16;
const UPLOAD_WIDTH = 4;
const POLL_SECONDS = 2 * 24 * 3_600;
const PIN_SHARE = 0.02;

interface Made {
  readonly id: string;
  readonly pollId: string | null;
}

export interface PostsToMake {
  readonly ids: readonly string[];
  readonly people: readonly PlannedPerson[];
  readonly graph: Graph;
  readonly posts: readonly PlannedPost[];
  /** What is "now" for the plan, in milliseconds since the epoch. */
  readonly presentMs: number;
  readonly chance: Chance;
}

/** Makes the posts at their times, and after each moment what others do with them. */
export async function makePosts(stage: Stage, plan: PostsToMake): Promise<void> {
  const made = new Map<PlannedPost, Made>();
  const uploads = new Map<PlannedPost, readonly string[]>();
  const pinned = new Set<number>();
  let done = 0;
  for (const moment of momentsOf(plan.posts)) {
    const atMs = plan.presentMs - moment[0]!.agoMs;
    await stage.leapTo(atMs);
    if (moment.some((post) => post.pictures.length > 0 && !uploads.has(post)))
      await upload(stage, plan, moment[0]!, uploads);
    for (const post of moment) {
      made.set(post, await makePost(stage, plan, post, { made, uploads, number: done }));
      stage.report(STEP, ++done, plan.posts.length);
    }
    await react(stage, plan, moment, made);
    for (const post of moment) await maybePin(stage, plan, post, made.get(post)!.id, pinned);
  }
}

/** Runs of posts, oldest first, that are made without a leap between them. What is answered stands in an earlier run. */
export function momentsOf(posts: readonly PlannedPost[]): PlannedPost[][] {
  const moments: PlannedPost[][] = [];
  let current: PlannedPost[] = [];
  for (const post of posts) {
    const first = current[0];
    const isApart =
      first !== undefined &&
      (first.agoMs - post.agoMs > MOMENT_MS ||
        current.some((other) => other === post.parent || other.author === post.author));
    if (isApart) {
      moments.push(current);
      current = [];
    }
    current.push(post);
  }
  return current.length === 0 ? moments : [...moments, current];
}

/** Hands in the pictures of the next hours, several at a time. */
async function upload(
  stage: Stage,
  { posts, ids }: PostsToMake,
  from: PlannedPost,
  uploads: Map<PlannedPost, readonly string[]>,
): Promise<void> {
  const next = posts.filter(
    (post) =>
      post.pictures.length > 0 &&
      post.agoMs <= from.agoMs &&
      post.agoMs > from.agoMs - UPLOAD_AHEAD_MS &&
      !uploads.has(post),
  );
  const pictures = next.flatMap((post) => post.pictures.map((picture) => ({ post, picture })));
  const media = new Array<string>(pictures.length).fill('');
  await inParallel(pictures, UPLOAD_WIDTH, async ({ post, picture }, index) => {
    media[index] = await uploadPicture(stage, ids[post.author]!, picture, index);
  });
  for (const post of next) {
    uploads.set(
      post,
      media.filter((_, index) => pictures[index]?.post === post),
    );
  }
}

async function makePost(
  stage: Stage,
  { ids }: PostsToMake,
  post: PlannedPost,
  known: { made: ReadonlyMap<PlannedPost, Made>; uploads: ReadonlyMap<PlannedPost, readonly string[]>; number: number },
): Promise<Made> {
  const { text, contentWarning, sensitive, language, visibility, parent, poll } = post;
  const context = stage.as(ids[post.author]!);
  const shown = await stage.post.create(
    {
      draft: {
        text,
        contentWarning,
        sensitive,
        language,
        visibility,
        replyToId: parent === null ? null : (known.made.get(parent)?.id ?? null),
        mediaIds: [...(known.uploads.get(post) ?? [])],
        poll:
          poll === null
            ? null
            : {
                options: [...poll.options],
                multiple: poll.multiple === true,
                hideTotals: false,
                expiresInSeconds: POLL_SECONDS,
              },
        application: null,
      },
      idempotencyKey: `demo-${known.number}`,
    },
    context,
  );
  const { id } = shown.head;
  if (poll === null) return { id, pollId: null };
  const { bodies } = await stage.post.getBodies({ ids: [id] }, context);
  return { id, pollId: bodies[0]?.pollId ?? null };
}

async function react(
  stage: Stage,
  plan: PostsToMake,
  moment: readonly PlannedPost[],
  made: ReadonlyMap<PlannedPost, Made>,
): Promise<void> {
  const deeds = moment.flatMap((post) => {
    const { id: postId, pollId } = made.get(post)!;
    const { likers, reposters, bookmarkers, voters } = planReactions(post, plan.people, plan.graph, plan.chance);
    const as = (person: number) => stage.as(plan.ids[person]!);
    return [
      ...likers.map((person) => () => stage.post.like({ postId }, as(person))),
      ...reposters.map((person) => () => stage.post.repost({ postId, visibility: 'public' }, as(person))),
      ...bookmarkers.map((person) => () => stage.post.bookmark({ postId }, as(person))),
      ...voters.map(
        ({ person, choices }) =>
          () =>
            pollId === null ? Promise.resolve() : stage.post.vote({ pollId, choices: [...choices] }, as(person)),
      ),
    ];
  });
  await inParallel<() => Promise<unknown>>(deeds, WIDTH, async (deed) => {
    await deed();
  });
}

/** Some people keep one of their own posts on top of their profile. */
async function maybePin(
  stage: Stage,
  { ids, chance }: PostsToMake,
  post: PlannedPost,
  postId: string,
  pinned: Set<number>,
): Promise<void> {
  const isFit = post.parent === null && post.visibility === 'public' && !pinned.has(post.author);
  if (!isFit || !chance.happens(PIN_SHARE)) return;
  pinned.add(post.author);
  await stage.post.pin({ postId }, stage.as(ids[post.author]!));
}
