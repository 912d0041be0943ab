import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { it } from 'node:test';
import { compareIds } from '#platform/ids/ids.ts';
import { seededRandom } from '#platform/random/random.ts';
import { forgetfulCache } from '#ports/cache/forgetful.ts';
import { type FeedWorld, feedWorld, type WorldOptions } from './testing/feed-world.ts';
import { homeOf } from './testing/oracle.ts';

const SEED = process.env.SEED ?? String(randomInt(2 ** 31));
const ROUNDS = 12;

/** Small whole numbers from a seed. */
function dice(seed: string): (sides: number) => number {
  const random = seededRandom(seed);
  return (sides) => random.bytes(4).readUInt32BE(0) % sides;
}

const VARIANTS: [name: string, options: WorldOptions][] = [
  ['in one process', {}],
  ['with famous authors', { config: { pullAboveFollowers: 2 } }],
  [
    'with a shared cache that loses things and fails',
    {
      config: { shared: true },
      cache: (inner) => forgetfulCache(inner, { random: seededRandom(SEED), lose: 0.2, fail: 0.1 }),
    },
  ],
  [
    'with little memory and little that is rebuilt',
    { config: { homesInMemory: 2, authorsInMemory: 2, rebuildEntries: 5 } },
  ],
];

for (const [name, options] of VARIANTS) {
  it(`home and its pages agree with a naive oracle while everything moves, ${name} (SEED=${SEED})`, async () => {
    const world = await feedWorld(options);
    try {
      await play(world, dice(`${SEED} ${name}`));
    } finally {
      await world.close();
    }
  });
}

async function play(world: FeedWorld, roll: (sides: number) => number): Promise<void> {
  const { community, clock } = world;
  const people = Array.from({ length: 8 }, () => community.person());
  const pick = <T>(items: readonly T[]): T => items[roll(items.length)]!;
  const posts: string[] = [];

  const act = async () => {
    const [a, b] = [pick(people), pick(people)];
    const kind = roll(20);
    if (kind < 9) {
      const replyTo = roll(4) === 0 && posts.length > 0 ? { replyTo: pick(posts) } : {};
      if (replyTo.replyTo === undefined || community.posts.get(replyTo.replyTo)!.head.kind === 'post') {
        posts.push(await community.post(a, replyTo));
      }
    } else if (kind < 12 && posts.length > 0) {
      const target = pick(posts);
      if (community.posts.get(target)!.head.kind === 'post') posts.push(await community.repost(a, target));
    } else if (kind < 15 && a !== b) await community.follow(a, b);
    else if (kind < 16 && a !== b) await community.unfollow(a, b);
    else if (kind < 17 && a !== b) community.mute(a, b);
    else if (kind < 18) community.unmute(a, b);
    else if (kind < 19 && posts.length > 0) {
      const id = pick(posts);
      if (community.posts.get(id)!.head.state !== 'deleted') await community.remove(id);
    } else if (roll(6) === 0) clock.advance(6 * 7 * 24 * 3_600_000);
  };

  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < 25; n++) await act();
    await world.drain();
    for (const reader of people) await compareWhole(world, reader);
    await scrollWhileItMoves(world, pick(people), roll, act);
  }
}

/** While nothing moves, the pages put together are the oracle's home, downwards and upwards. */
async function compareWhole(world: FeedWorld, reader: string): Promise<void> {
  const expected = homeOf(world.community, reader);
  const down = await scroll(world, reader, 7);
  assert.deepEqual(
    down.filter((id) => !expected.may.has(id)),
    [],
    `home of ${reader} shows too much`,
  );
  assert.deepEqual(
    expected.must.filter((id) => !down.includes(id)),
    [],
    `home of ${reader} shows too little`,
  );
  assert.deepEqual(
    down,
    [...new Set(down)].sort((a, b) => compareIds(b, a)),
    'in order, once',
  );
  const up: string[] = [];
  for (let minId = '1'; ; ) {
    const { posts, cursors } = await world.feed.home({ page: { limit: 6, minId } }, world.as(reader));
    up.unshift(...posts.map(({ head }) => head.id));
    if (cursors.newerThan === undefined) break;
    minId = cursors.newerThan;
  }
  assert.deepEqual(up, down, `home of ${reader}, upwards`);
}

async function scroll(
  world: FeedWorld,
  reader: string,
  limit: number,
  between?: () => Promise<void>,
): Promise<string[]> {
  const seen: string[] = [];
  for (let maxId: string | undefined; ; ) {
    const page = { limit, ...(maxId === undefined ? {} : { maxId }) };
    const { posts, cursors } = await world.feed.home({ page }, world.as(reader));
    seen.push(...posts.map(({ head }) => head.id));
    if (cursors.olderThan === undefined) return seen;
    maxId = cursors.olderThan;
    await between?.();
  }
}

/** What was there at the first page, and may still be shown at the end, was seen once; and nothing was seen twice. */
async function scrollWhileItMoves(
  world: FeedWorld,
  reader: string,
  roll: (sides: number) => number,
  act: () => Promise<void>,
): Promise<void> {
  const alwaysThere = new Set(homeOf(world.community, reader).must);
  const seen = await scroll(world, reader, 3 + roll(4), async () => {
    await act();
    if (roll(2) === 0) await world.drain();
    const now = new Set(homeOf(world.community, reader).must);
    for (const id of alwaysThere) if (!now.has(id)) alwaysThere.delete(id);
  });
  assert.equal(new Set(seen).size, seen.length, 'nothing twice');
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => compareIds(b, a)),
    'in order',
  );
  const missing = [...alwaysThere].filter((id) => !seen.includes(id));
  assert.deepEqual(missing, [], `skipped for ${reader}`);
  await world.drain();
}
