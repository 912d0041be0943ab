import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { homeIds, worldForTests } from './testing/for-tests.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

describe('home', () => {
  const t = worldForTests();

  it('brings a post to active followers and its author, and to nobody else', async () => {
    const { world } = t;
    const { community } = world;
    const [alice, bob, carol] = [community.person(), community.person(), community.person()];
    for (const reader of [alice, bob, carol]) assert.deepEqual(await homeIds(world, reader), []);
    await community.follow(bob, alice);
    await world.drain();
    const id = await community.post(alice);
    await world.drain();
    assert.deepEqual(await homeIds(world, alice), [id]);
    assert.deepEqual(await homeIds(world, bob), [id]);
    assert.deepEqual(await homeIds(world, carol), []);
  });

  it('rebuilds the home of a reader who never looked', async () => {
    const { world } = t;
    const { community } = world;
    const [author, reader] = [community.person(), community.person()];
    await community.follow(reader, author);
    const ids: string[] = [];
    for (let n = 0; n < 90; n++) ids.unshift(await community.post(author));
    await world.drain();
    assert.deepEqual(await homeIds(world, reader, { limit: 80 }), ids.slice(0, 80));
    const later = await community.post(author);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader, { limit: 3 }), [later, ...ids.slice(0, 2)]);
  });

  it('fills in after a follow, and hides at once after an unfollow, a block and a mute', async () => {
    const { world } = t;
    const { community } = world;
    const [author, reader] = [community.person(), community.person()];
    assert.deepEqual(await homeIds(world, reader), []);
    const id = await community.post(author);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), []);
    await community.follow(reader, author);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [id]);
    community.mute(reader, author);
    assert.deepEqual(await homeIds(world, reader), []);
    community.unmute(reader, author);
    assert.deepEqual(await homeIds(world, reader), [id]);
    await community.unfollow(reader, author);
    assert.deepEqual(await homeIds(world, reader), []);
    await community.follow(reader, author);
    assert.deepEqual(await homeIds(world, reader), [id]);
    await community.block(author, reader);
    assert.deepEqual(await homeIds(world, reader), []);
  });

  it('leaves deleted and hidden posts out at once', async () => {
    const { world } = t;
    const { community } = world;
    const [author, reader] = [community.person(), community.person()];
    await community.follow(reader, author);
    await homeIds(world, reader);
    const [a, b, c] = [await community.post(author), await community.post(author), await community.post(author)];
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [c, b, a]);
    await community.remove(b);
    assert.deepEqual(await homeIds(world, reader), [c, a]);
    community.hide(c);
    assert.deepEqual(await homeIds(world, reader), [a]);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [a]);
  });

  it('shows replies only to people the reader follows, to the reader and to the author', async () => {
    const { world } = t;
    const { community } = world;
    const [author, followed, stranger, reader] = Array.from({ length: 4 }, () => community.person()) as [
      string,
      string,
      string,
      string,
    ];
    await community.follow(reader, author);
    await community.follow(reader, followed);
    await homeIds(world, reader);
    const byFollowed = await community.post(followed);
    const byStranger = await community.post(stranger);
    const byReader = await community.post(reader);
    const own = await community.post(author);
    const toFollowed = await community.post(author, { replyTo: byFollowed });
    await community.post(author, { replyTo: byStranger });
    const toReader = await community.post(author, { replyTo: byReader });
    const toSelf = await community.post(author, { replyTo: own });
    const mine = await community.post(reader, { replyTo: byStranger });
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [mine, toSelf, toReader, toFollowed, own, byReader, byFollowed]);
  });

  it('respects hidden reposts, languages, and blocks of those who are reposted or mentioned', async () => {
    const { world } = t;
    const { community } = world;
    const [author, other, reader] = [community.person(), community.person(), community.person()];
    await community.follow(reader, author, { languages: ['en'] });
    await homeIds(world, reader);
    await community.post(author, { language: 'de' });
    const unknown = await community.post(author, { language: null });
    const theirs = await community.post(other);
    const repost = await community.repost(author, theirs);
    const mention = await community.post(author, { mentions: [other] });
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [mention, repost, unknown]);
    const shown = await world.feed.home({ page: { limit: 20 } }, world.as(reader));
    assert.equal(shown.posts[1]!.target?.id, theirs);
    await community.follow(reader, author, { languages: ['en'], showReposts: false });
    assert.deepEqual(await homeIds(world, reader), [mention, unknown]);
    await community.follow(reader, author, {});
    community.mute(reader, other);
    assert.deepEqual((await homeIds(world, reader)).includes(mention), false);
    assert.deepEqual((await homeIds(world, reader)).includes(repost), false);
  });

  it('folds a repost into an older entry that shows the same post', async () => {
    const { world } = t;
    const { community } = world;
    const [author, fan, far, reader] = Array.from({ length: 4 }, () => community.person()) as [
      string,
      string,
      string,
      string,
    ];
    for (const followed of [author, fan, far]) await community.follow(reader, followed);
    await homeIds(world, reader);
    const original = await community.post(author);
    const repost = await community.repost(fan, original);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [original]);
    for (let n = 0; n < 40; n++) await community.post(far);
    const again = await community.repost(far, original);
    await world.drain();
    assert.equal((await homeIds(world, reader, { limit: 1 }))[0], again);
    await community.unfollow(reader, author);
    const all = await homeIds(world, reader, { limit: 80 });
    assert.equal(all.at(-1), repost, 'the original is gone, so its repost stands for it');
  });

  it('rebuilds after a long absence, without a hole', async () => {
    const { world } = t;
    const { community, clock } = world;
    const [author, reader] = [community.person(), community.person()];
    await community.follow(reader, author);
    const before = await community.post(author);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [before]);
    const away: string[] = [];
    for (let week = 0; week < 12; week++) {
      clock.advance(WEEK_MS);
      away.unshift(await community.post(author));
      await world.drain();
    }
    await world.restart();
    const rows = community.calls.get('recentByAuthor') ?? 0;
    assert.deepEqual(await homeIds(world, reader), [...away, before]);
    assert.ok((community.calls.get('recentByAuthor') ?? 0) > rows);
    const next = await community.post(author);
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), [next, ...away, before]);
  });

  it('stays complete for a reader who looks now and then, across restarts', async () => {
    const { world } = t;
    const { community, clock } = world;
    const [author, reader] = [community.person(), community.person()];
    await community.follow(reader, author);
    const ids: string[] = [];
    for (let round = 0; round < 8; round++) {
      for (let n = 0; n < 3; n++) {
        clock.advance(WEEK_MS / 2);
        ids.unshift(await community.post(author));
      }
      await world.drain();
      if (round % 2 === 1) await world.restart();
      assert.deepEqual(await homeIds(world, reader, { limit: 80 }), ids);
    }
  });

  it('never ends early: below what is stored it pulls', async () => {
    const { world } = t;
    const { community, clock } = world;
    const reader = community.person();
    const authors = Array.from({ length: 5 }, () => community.person());
    for (const author of authors) await community.follow(reader, author);
    const ids: string[] = [];
    for (let n = 0; n < 600; n++) ids.unshift(await community.post(authors[n % 5]!));
    clock.advance(6 * WEEK_MS);
    await world.drain();
    const seen: string[] = [];
    for (let maxId: string | undefined; ; ) {
      const { posts, cursors } = await world.feed.home(
        { page: { limit: 37, ...(maxId === undefined ? {} : { maxId }) } },
        world.as(reader),
      );
      seen.push(...posts.map(({ head }) => head.id));
      if (cursors.olderThan === undefined) break;
      maxId = cursors.olderThan;
    }
    assert.deepEqual(seen, ids);
    // Upwards again, from the oldest.
    const up: string[] = [];
    for (let minId = '1'; ; ) {
      const { posts, cursors } = await world.feed.home({ page: { limit: 41, minId } }, world.as(reader));
      if (posts.length === 0) break;
      up.unshift(...posts.map(({ head }) => head.id));
      minId = cursors.newerThan!;
    }
    assert.deepEqual(up, ids);
  });
});

describe('home with famous authors', () => {
  const t = worldForTests({ config: { pullAboveFollowers: 2 } });

  it('merges their posts when it is read, also after a restart and after a change of the threshold', async () => {
    const { world } = t;
    const { community } = world;
    const [famous, plain, reader, ...fans] = Array.from({ length: 6 }, () => community.person()) as [
      string,
      string,
      string,
      ...string[],
    ];
    for (const fan of [reader, ...fans]) await community.follow(fan, famous);
    await community.follow(reader, plain);
    await homeIds(world, reader);
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.unshift(await community.post(n % 2 === 0 ? famous : plain));
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), ids);
    assert.deepEqual(
      await homeIds(world, famous),
      ids.filter((id) => community.posts.get(id)!.head.authorId === famous),
    );
    await world.restart({ pullAboveFollowers: 1_000 });
    ids.unshift(await community.post(famous));
    await world.drain();
    assert.deepEqual(await homeIds(world, reader), ids);
    assert.deepEqual(await homeIds(world, reader, { minId: ids[3]!, limit: 2 }), ids.slice(1, 3));
    await community.unfollow(reader, famous);
    assert.deepEqual(
      await homeIds(world, reader),
      ids.filter((id) => community.posts.get(id)!.head.authorId === plain),
    );
  });
});
