import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { seededRandom } from '#platform/random/random.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { bound } from '#ports/wide-column/bound.ts';
import { WriteTimeout } from '#ports/wide-column/port.ts';
import { type UnreliableWideColumn, unreliable } from '#ports/wide-column/unreliable.ts';
import { settle } from './testing/settle.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const seed = process.env.SEED ?? String(process.hrtime.bigint());

interface Scene {
  readonly stage: Stage;
  readonly posts: string[];
  readonly people: string[];
  readonly below: (limit: number) => number;
}

async function scene(stage: Stage, clock: TestClock, name: string): Promise<Scene> {
  const random = seededRandom(`${seed} ${name}`);
  const author = stage.person('author');
  const posts: string[] = [];
  for (let i = 0; i < 3; i++) {
    const made = await stubborn(() =>
      stage.post.create({ draft: draft(`post ${i}`), idempotencyKey: `post ${i}` }, as(author, clock)),
    );
    posts.push(made.head.id);
  }
  const people = ['ada', 'bob', 'eve', 'mia'].map((username) => stage.person(username));
  return { stage, posts, people, below: (limit) => random.bytes(4).readUInt32LE() % limit };
}

/** Calls until it is acknowledged, as a person would press again. */
async function stubborn<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === 100) throw error;
    }
  }
}

/** Every place that tells of a reaction says the same, and the counts are the number of those who tell so. */
async function agreed({ stage, posts, people }: Scene, clock: TestClock): Promise<Map<string, boolean>> {
  const { post } = stage;
  const liked = new Map<string, boolean>();
  const reposted = new Map<string, boolean>();
  for (const person of people) {
    const { states } = await post.getViewerStates({ ids: posts }, as(person, clock));
    const listed = await post.listLiked({ page: { limit: 40 } }, as(person, clock));
    const ids = listed.posts.map(({ head }) => head.id);
    assert.equal(new Set(ids).size, ids.length, `listed twice; SEED=${seed}`);
    for (const state of states) {
      liked.set(`${person} ${state.id}`, state.liked);
      reposted.set(`${person} ${state.id}`, state.reposted);
      assert.equal(ids.includes(state.id), state.liked, `list of likes; SEED=${seed}`);
    }
    const own = await post.recentByAuthor({ accountId: person, before: null, limit: 100 }, as(person, clock));
    assert.deepEqual(
      own.heads.map(({ repostOfId }) => repostOfId!).sort(),
      posts.filter((id) => reposted.get(`${person} ${id}`)).sort(),
      `one repost for each that stands; SEED=${seed}`,
    );
  }
  for (const postId of posts) {
    const by = (told: Map<string, boolean>) => people.filter((person) => told.get(`${person} ${postId}`));
    const page = { limit: 40 };
    const likers = (await post.listLikers({ postId, page }, as(null, clock))).accountIds;
    const reposters = (await post.listReposters({ postId, page }, as(null, clock))).accountIds;
    assert.deepEqual([...likers].sort(), by(liked).sort(), `likers; SEED=${seed}`);
    assert.deepEqual([...reposters].sort(), by(reposted).sort(), `reposters; SEED=${seed}`);
    const wanted = [{ id: postId, likes: likers.length, reposts: reposters.length, replies: 0 }];
    for (const who of [null, ...people]) {
      const { counts } = await post.getCounts({ ids: [postId] }, as(who, clock));
      assert.deepEqual(counts, wanted, `counts; SEED=${seed}`);
    }
  }
  return liked;
}

function act({ stage, below }: Scene, clock: TestClock, person: string, postId: string): Promise<unknown> {
  const { post } = stage;
  const context = as(person, clock);
  const acts = [
    () => post.like({ postId }, context),
    () => post.unlike({ postId }, context),
    () => post.repost({ postId, visibility: 'public' }, context),
    () => post.undoRepost({ postId }, context),
  ];
  return acts[below(acts.length)]!();
}

test(`callers at the same time agree in the end, and the last one alone decides (SEED=${seed})`, async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const stage = await openStage({ folder: folder.path, clock });
  const played = await scene(stage, clock, 'reliable');
  const { people, posts, below } = played;
  const last = new Map<string, boolean>();
  for (let round = 0; round < 12; round++) {
    const calls: Promise<unknown>[] = [];
    for (const person of people) {
      for (const postId of posts) {
        for (let i = 0; i < 3; i++) calls.push(act(played, clock, person, postId));
      }
    }
    await Promise.all(calls);
    clock.advance(below(3));
    if (round % 4 === 0) await settle(stage, clock);
    for (const person of people) {
      for (const postId of posts) {
        const like = below(2) === 0;
        await stage.post[like ? 'like' : 'unlike']({ postId }, as(person, clock));
        last.set(`${person} ${postId}`, like);
      }
    }
  }
  await settle(stage, clock);
  assert.deepEqual(await agreed(played, clock), last, `SEED=${seed}`);
  await stage.close();
  await folder.remove();
});

test(`writes that time out and land later, twice or never change nothing in the end (SEED=${seed})`, async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  let wide: UnreliableWideColumn | undefined;
  let started = false;
  const stage = await openStage({
    folder: folder.path,
    clock,
    // A write that lands later is what several processes meet; heads in memory are for one process alone.
    onlyWriter: false,
    wideColumn: (embedded) => {
      wide = unreliable(embedded, seededRandom(`${seed} writes`));
      const { write } = wide;
      // The start of the service is not what is tested.
      return { ...wide, write: (...args) => (started ? write(...args) : embedded.write(...args)) };
    },
  });
  started = true;
  const played = await scene(stage, clock, 'unreliable');
  const { people, posts, below } = played;
  const last = new Map<string, boolean>();
  for (let round = 0; round < 5; round++) {
    for (const person of people) {
      for (const postId of posts) {
        // Its fate may be unknown: nobody repeats it.
        await act(played, clock, person, postId).catch(() => undefined);
        const like = below(2) === 0;
        await stubborn(() => stage.post[like ? 'like' : 'unlike']({ postId }, as(person, clock)));
        last.set(`${person} ${postId}`, like);
      }
    }
  }
  // What a person undid or did last is acknowledged; whatever is still under way lands after it.
  for (const person of people) {
    for (const postId of posts) await stubborn(() => stage.post.undoRepost({ postId }, as(person, clock)));
  }
  await wide!.landAll();
  await settle(stage, clock, 15_000);
  await wide!.landAll();
  await settle(stage, clock, 15_000);
  assert.deepEqual(await agreed(played, clock), last, `SEED=${seed}`);
  await stage.close();
  await folder.remove();
});

test('what was acknowledged last holds against a change before it that lands later', async () => {
  const folder = await temporaryFolder();
  const clock = new TestClock();
  const late: (() => Promise<void>)[] = [];
  let timingOut = false;
  const stage = await openStage({
    folder: folder.path,
    clock,
    onlyWriter: false,
    wideColumn: (wide) => ({
      ...bound(wide),
      async write(mutations, options) {
        if (!timingOut) return wide.write(mutations, options);
        late.push(() => wide.write(mutations, options));
        throw new WriteTimeout();
      },
    }),
  });
  const { post } = stage;
  const ada = stage.person('ada');
  const { head } = await post.create({ draft: draft('post'), idempotencyKey: 'post' }, as(ada, clock));
  const target = { postId: head.id };
  const landsLater = async (call: Promise<unknown>) => {
    timingOut = true;
    // Whoever asked is told that it may have been done, not that something went wrong.
    await assert.rejects(call, { code: 'timeout' });
    timingOut = false;
  };
  const liked = async () => {
    for (const land of late.splice(0)) await land();
    const { states } = await post.getViewerStates({ ids: [head.id] }, as(ada, clock));
    const { posts } = await post.listLiked({ page: { limit: 9 } }, as(ada, clock));
    assert.equal(posts.length === 1, states[0]!.liked);
    return states[0]!.liked;
  };
  await landsLater(post.like(target, as(ada, clock)));
  await post.unlike(target, as(ada, clock));
  assert.equal(await liked(), false);
  await post.like(target, as(ada, clock));
  await landsLater(post.unlike(target, as(ada, clock)));
  await post.like(target, as(ada, clock));
  assert.equal(await liked(), true);
  await settle(stage, clock, 15_000);
  const { counts } = await post.getCounts({ ids: [head.id] }, as(null, clock));
  assert.equal(counts[0]!.likes, 1);
  await stage.close();
  await folder.remove();
});
