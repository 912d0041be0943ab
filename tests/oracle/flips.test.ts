import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemRandom } from '#platform/random/random.ts';
import { forgetfulCache } from '#ports/cache/forgetful.ts';
import { Constellation, onEachTransport } from '#tests/constellation/constellation.ts';
import type { Audience, Model, Post } from './model.ts';
import { Onlooker } from './surfaces.ts';
import { AUDIENCES, World } from './world.ts';

/** A change of who may see what, with what takes it back. Each is done by `who` about the other of two people. */
interface Flip {
  readonly what: string;
  readonly who: 'author' | 'reader';
  readonly there: Change;
  readonly back: Change;
}

interface Change {
  readonly path: string;
  apply(model: Model, one: string, other: string): void;
}

const follow: Change = { path: 'follow', apply: (model, one, other) => model.follows.add(one, other) };
const unfollow: Change = { path: 'unfollow', apply: (model, one, other) => model.endFollow(one, other) };
const block: Change = { path: 'block', apply: (model, one, other) => model.block(one, other) };
const unblock: Change = { path: 'unblock', apply: (model, one, other) => void model.blocks.delete(one, other) };
const mute: Change = { path: 'mute', apply: (model, one, other) => model.mutes.add(one, other) };
const unmute: Change = { path: 'unmute', apply: (model, one, other) => void model.mutes.delete(one, other) };
const sendAway: Change = { path: 'remove_from_followers', apply: (model, one, other) => model.endFollow(other, one) };
const nothing: Change = { path: 'unmute', apply: () => {} };

const FLIPS: readonly Flip[] = [
  { what: 'a follow ends and begins again', who: 'reader', there: unfollow, back: follow },
  { what: 'the author blocks the reader', who: 'author', there: block, back: unblock },
  { what: 'the reader blocks the author', who: 'reader', there: block, back: unblock },
  { what: 'the reader mutes the author', who: 'reader', there: mute, back: unmute },
  { what: 'the author sends a follower away', who: 'author', there: sendAway, back: nothing },
];

const CACHES = {
  'a warm cache': {},
  'a cache that loses half and fails at times': {
    wrapPorts: (ports) => ({
      ...ports,
      cache: forgetfulCache(ports.cache, { random: systemRandom, lose: 0.5, fail: 0.1 }),
    }),
  },
} satisfies Record<string, Parameters<typeof Constellation.start>[0]>;

for (const [cache, options] of Object.entries(CACHES)) {
  onEachTransport(`the next read is right, with ${cache}`, (calls) => {
    const started = Constellation.forTests({ ...options, settings: { calls } });

    it('whatever flips', async () => {
      const world = new World(await started, 1);
      await world.populate(['ada', 'bob', 'cat']);
      const [author, reader, other] = ['ada', 'bob', 'cat'] as const;
      await change(world, reader, author, follow);
      await change(world, other, author, follow);
      await change(world, reader, other, follow);
      const posts: Post[] = [];
      for (const audience of Object.keys(AUDIENCES) as Audience[]) posts.push(await post(world, author, audience));
      posts.push(await post(world, author, 'followers', reader));
      await repost(world, other, posts[0]!);
      await world.settle();
      await everyone(world, 'settled');

      for (const flip of FLIPS) {
        const [one, two] = flip.who === 'author' ? [author, reader] : [reader, author];
        if (!world.model.follows.has(reader, author)) await change(world, reader, author, follow);
        await world.settle();
        await everyone(world, 'settled');
        await change(world, one, two, flip.there);
        await everyone(world, 'now');
        await change(world, one, two, flip.back);
        await everyone(world, 'now');
        await world.settle();
        await everyone(world, 'settled');
      }
      await takeAway(world, posts);
    });
  });
}

/** A mention that an edit takes out opens the post no longer, and a deleted post is gone, also where it was reposted. */
async function takeAway(world: World, posts: readonly Post[]): Promise<void> {
  const intimate = posts.at(-1)!;
  const [reader] = [...intimate.mentions];
  if (world.model.follows.has(reader!, intimate.author)) await change(world, reader!, intimate.author, unfollow);
  await everyone(world, 'now');
  const api = world.api(intimate.author);
  assert.equal((await api.put(`/api/v1/statuses/${world.known(intimate).id}`, { status: 'About nobody' })).status, 200);
  intimate.mentions = new Set();
  world.tell(`${intimate.author} takes the mention out of ${intimate.name}`, intimate.name, intimate.author);
  await everyone(world, 'now');
  for (const one of posts) {
    assert.equal((await api.delete(`/api/v1/statuses/${world.known(one).id}`)).status, 200);
    world.model.remove(one);
    world.tell(`${one.author} deletes ${one.name}`, one.name, one.author);
    await everyone(world, 'now');
  }
  await world.settle();
  await everyone(world, 'settled');
}

async function change(world: World, one: string, other: string, { path, apply }: Change): Promise<void> {
  const answer = await world.api(one).post(`/api/v1/accounts/${world.accountId(other)}/${path}`);
  assert.equal(answer.status, 200, answer.text);
  apply(world.model, one, other);
  world.tell(`${one}: ${path} ${other}`, one, other);
}

async function post(world: World, author: string, audience: Audience, named?: string): Promise<Post> {
  const status = named === undefined ? `For ${audience} #tea` : `For ${audience} and @${named}`;
  const answer = await world.api(author).post('/api/v1/statuses', { status, visibility: AUDIENCES[audience] });
  assert.equal(answer.status, 200, answer.text);
  const made = world.remember(answer.body, {
    author,
    audience,
    mentions: new Set(named === undefined ? [] : [named]),
    tags: new Set(named === undefined ? ['tea'] : []),
    formerTags: new Set(),
    answers: null,
    shares: null,
    hasPoll: false,
    hasPicture: false,
  });
  world.tell(`${author} writes ${made.name} for ${audience}${named ? ` and ${named}` : ''}`, made.name, author);
  return made;
}

async function repost(world: World, actor: string, target: Post): Promise<void> {
  const answer = await world.api(actor).post(`/api/v1/statuses/${world.known(target).id}/reblog`);
  assert.equal(answer.status, 200, answer.text);
  const made = world.remember(answer.body, {
    author: actor,
    audience: 'everyone',
    mentions: new Set(),
    tags: new Set(),
    formerTags: new Set(),
    answers: null,
    shares: target,
    hasPoll: false,
    hasPicture: false,
  });
  world.tell(`${actor} reposts ${target.name} (${made.name})`, made.name, target.name, actor);
}

/** Whatever is cached is cached for all of them. */
async function everyone(world: World, when: 'now' | 'settled'): Promise<void> {
  for (const viewer of [null, ...world.model.people.keys()]) await new Onlooker(world, viewer).examine(when);
}
