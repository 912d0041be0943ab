import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from '#contracts/model/common.ts';
import type { FeedWorld } from './testing/feed-world.ts';
import { homeIds, idsOf, people, worldForTests } from './testing/for-tests.ts';

const DAY_MS = 24 * 3_600_000;

interface TagCall {
  readonly name: string;
  readonly any?: string[];
  readonly all?: string[];
  readonly none?: string[];
  readonly onlyMedia?: boolean;
  readonly page?: Partial<Page>;
  readonly as?: string;
}

async function tagged(world: FeedWorld, { page, as, ...call }: TagCall): Promise<string[]> {
  const input = { any: [], all: [], none: [], onlyMedia: false, ...call, page: { limit: 20, ...page } };
  return idsOf(await world.feed.tag(input, world.as(as ?? null)));
}

async function publicIds(world: FeedWorld, as: string | null, page: Partial<Page> = {}, onlyMedia = false) {
  return idsOf(await world.feed.public({ page: { limit: 20, ...page }, onlyMedia }, world.as(as)));
}

for (const publicShards of [1, 3]) {
  describe(`the public timeline over ${publicShards} shards`, () => {
    const t = worldForTests({ config: { publicShards } });

    it('has public posts that answer nobody else, newest first, and pages exactly over days', async () => {
      const { world } = t;
      const { community, clock } = world;
      const [a, b, viewer] = people(world, 3) as [string, string, string];
      const expected: string[] = [];
      for (let n = 0; n < 70; n++) {
        const author = n % 2 === 0 ? a : b;
        if (n % 10 === 9) clock.advance(3 * DAY_MS);
        if (n % 7 === 3) await community.post(author, { visibility: n % 2 === 0 ? 'unlisted' : 'followers' });
        else if (n % 7 === 5) await community.repost(author, expected[0]!);
        else if (n % 11 === 4)
          await community.post(author, { replyTo: expected[0]! }).then((id) => {
            if (community.posts.get(expected[0]!)!.head.authorId === author) expected.unshift(id);
          });
        else expected.unshift(await community.post(author, n % 3 === 0 ? { media: 1 } : {}));
      }
      await world.drain();
      for (const as of [null, viewer]) {
        const down: string[] = [];
        for (let maxId: string | undefined; ; ) {
          const page = { limit: 6, ...(maxId === undefined ? {} : { maxId }) };
          const { posts, cursors } = await world.feed.public({ page, onlyMedia: false }, world.as(as));
          down.push(...posts.map(({ head }) => head.id));
          if (cursors.olderThan === undefined) break;
          maxId = cursors.olderThan;
        }
        assert.deepEqual(down, expected);
      }
      const up: string[] = [];
      for (let minId = '1'; ; ) {
        const { posts, cursors } = await world.feed.public(
          { page: { limit: 9, minId }, onlyMedia: false },
          world.as(null),
        );
        up.unshift(...posts.map(({ head }) => head.id));
        if (cursors.newerThan === undefined) break;
        minId = cursors.newerThan;
      }
      assert.deepEqual(up, expected);
      const withMedia = expected.filter((id) => community.posts.get(id)!.media > 0);
      assert.deepEqual(await publicIds(world, null, { limit: 80 }, true), withMedia);
      assert.deepEqual(await publicIds(world, null, { sinceId: expected[4]! }), expected.slice(0, 4));
    });
  });
}

describe('public and hashtag timelines', () => {
  const t = worldForTests();

  it('hide at once who is muted, blocked, suspended, and what is deleted or hidden', async () => {
    const { world } = t;
    const { community } = world;
    const [author, viewer] = people(world, 2) as [string, string];
    const [a, b, c] = [
      await community.post(author, { tags: ['gone'] }),
      await community.post(author, { tags: ['gone'] }),
      await community.post(author, { tags: ['gone'] }),
    ];
    await world.drain();
    assert.deepEqual(await publicIds(world, viewer), [c, b, a]);
    await community.remove(b);
    community.hide(a);
    assert.deepEqual(await publicIds(world, viewer), [c]);
    assert.deepEqual(await tagged(world, { name: 'gone' }), [c]);
    community.mute(viewer, author);
    assert.deepEqual(await publicIds(world, viewer), []);
    assert.deepEqual(await publicIds(world, null), [c]);
    community.unmute(viewer, author);
    community.people.get(author)!.state = 'suspended';
    assert.deepEqual(await publicIds(world, null), []);
    community.people.get(author)!.state = 'active';
    await community.block(author, viewer);
    assert.deepEqual(await tagged(world, { name: 'gone', as: viewer }), []);
    await world.drain();
    assert.deepEqual(await tagged(world, { name: 'gone' }), [c]);
  });

  it('find posts by any, all and none of some hashtags, over weeks', async () => {
    const { world } = t;
    const { community, clock } = world;
    const [author] = people(world, 1) as [string];
    const sets = [['art'], ['music'], ['art', 'music'], ['art', 'loud'], ['tanz']];
    const posts: { id: string; tags: string[] }[] = [];
    for (let n = 0; n < 40; n++) {
      const tags = sets[n % sets.length]!;
      posts.unshift({ id: await community.post(author, { tags, media: n % 2 }), tags });
      await community.post(author, { tags, visibility: 'unlisted' });
      if (n % 5 === 4) clock.advance(5 * DAY_MS);
    }
    await world.drain();
    const expected = (keep: (tags: string[]) => boolean) => posts.filter(({ tags }) => keep(tags)).map(({ id }) => id);
    const page = { limit: 80 };
    assert.deepEqual(
      await tagged(world, { name: 'Art', page }),
      expected((tags) => tags.includes('art')),
    );
    assert.deepEqual(
      await tagged(world, { name: 'art', any: ['MUSIC', '#tanz'], page }),
      expected((tags) => ['art', 'music', 'tanz'].some((tag) => tags.includes(tag))),
    );
    assert.deepEqual(
      await tagged(world, { name: 'art', all: ['music'], page }),
      expected((tags) => tags.includes('art') && tags.includes('music')),
    );
    assert.deepEqual(
      await tagged(world, { name: 'art', any: ['music'], none: ['loud'], page }),
      expected((tags) => (tags.includes('art') || tags.includes('music')) && !tags.includes('loud')),
    );
    assert.equal((await tagged(world, { name: 'art', onlyMedia: true, page })).length, 12);
    assert.deepEqual(await tagged(world, { name: 'nothing' }), []);
    const all = expected((tags) => tags.includes('art'));
    assert.deepEqual(await tagged(world, { name: 'art', page: { limit: 5, minId: all[9]! } }), all.slice(4, 9));
    assert.deepEqual(await tagged(world, { name: 'art', page: { limit: 5, maxId: all[9]! } }), all.slice(10, 15));
  });

  it('follow an edit that loses and gains hashtags and pictures', async () => {
    const { world } = t;
    const { community } = world;
    const [author] = people(world, 1) as [string];
    const id = await community.post(author, { tags: ['old', 'kept'], media: 1 });
    await world.drain();
    assert.ok((await publicIds(world, null, {}, true)).includes(id));
    await community.edit(id, { tags: ['kept', 'new'], media: 0 });
    await world.drain();
    assert.deepEqual(await tagged(world, { name: 'old' }), []);
    assert.deepEqual(await tagged(world, { name: 'kept' }), [id]);
    assert.deepEqual(await tagged(world, { name: 'new' }), [id]);
    assert.deepEqual(await tagged(world, { name: 'kept', all: ['old'] }), []);
    assert.ok(!(await publicIds(world, null, {}, true)).includes(id));
    assert.ok((await publicIds(world, null)).includes(id));
    await community.edit(id, { tags: ['old'], media: 2 });
    await world.drain();
    assert.deepEqual(await tagged(world, { name: 'old' }), [id]);
    assert.deepEqual(await tagged(world, { name: 'kept' }), []);
    assert.ok((await publicIds(world, null, {}, true)).includes(id));
    await community.remove(id);
    await world.drain();
    assert.deepEqual(await tagged(world, { name: 'old' }), []);
  });
});

describe('followed hashtags', () => {
  const t = worldForTests();

  it('bring public posts home, while they are followed and while the post has them', async () => {
    const { world } = t;
    const { community, feed } = world;
    const [author, reader] = people(world, 2) as [string, string];
    assert.deepEqual(await homeIds(world, reader), []);
    await feed.followTag({ name: '#Cats' }, world.as(reader));
    const reply = await community.post(author);
    const id = await community.post(author, { tags: ['cats', 'dogs'], replyTo: reply });
    await community.post(author, { tags: ['cats'], visibility: 'unlisted' });
    await community.post(author, { tags: ['dogs'] });
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [id]);
    await feed.unfollowTag({ name: 'CATS' }, world.as(reader));
    assert.deepEqual(await homeIds(world, reader), []);
    await feed.followTag({ name: 'cats' }, world.as(reader));
    assert.deepEqual(await homeIds(world, reader), [id]);
    community.mute(reader, author);
    assert.deepEqual(await homeIds(world, reader), []);
    community.unmute(reader, author);
    await community.edit(id, { tags: ['dogs'] });
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), []);
    await community.edit(id, { tags: ['cats'] });
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [id]);
  });

  it('come home when a reader returns, and once if the author is followed too', async () => {
    const { world } = t;
    const { community, feed } = world;
    const [author, reader] = people(world, 2) as [string, string];
    await feed.followTag({ name: 'once' }, world.as(reader));
    await community.follow(reader, author);
    const both = await community.post(author, { tags: ['once'] });
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [both]);
    await community.unfollow(reader, author);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [both], 'the hashtag is still followed');
    await feed.unfollowTag({ name: 'once' }, world.as(reader));
    assert.deepEqual(await homeIds(world, reader), []);
  });

  it('are listed in pages, newest first', async () => {
    const { world } = t;
    const { feed } = world;
    const [reader] = people(world, 1) as [string];
    for (const name of ['a1', 'b2', 'c3']) await feed.followTag({ name }, world.as(reader));
    await feed.followTag({ name: 'b2' }, world.as(reader));
    const first = await feed.listFollowedTags({ page: { limit: 2 } }, world.as(reader));
    assert.deepEqual(first.names, ['c3', 'b2']);
    const next = { limit: 2, maxId: first.cursors.olderThan! };
    assert.deepEqual((await feed.listFollowedTags({ page: next }, world.as(reader))).names, ['a1']);
    const among = await feed.followedAmong({ names: ['B2', 'x', 'a1'] }, world.as(reader));
    assert.deepEqual(among.names, ['B2', 'a1']);
    await assert.rejects(feed.followTag({ name: 'not a tag' }, world.as(reader)), { code: 'not_found' });
    await assert.rejects(feed.followTag({ name: 'x' }, world.as(null)), { code: 'unauthenticated' });
  });
});
