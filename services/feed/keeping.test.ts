import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FilterContext } from '#contracts/services/feed.ts';
import { homeIds, people, worldForTests } from './testing/for-tests.ts';

describe('filters', () => {
  const t = worldForTests();
  const newFilter = {
    title: 'Spoilers',
    contexts: ['home', 'home', 'public'] as FilterContext[],
    expiresInSeconds: 60 as number | null,
    action: 'warn' as const,
  };

  it('are made with keywords, changed in part, and stay listed when they expire', async () => {
    const { world } = t;
    const { feed, clock } = world;
    const [owner] = people(world, 1) as [string];
    const made = await feed.createFilter(
      {
        ...newFilter,
        keywords: [
          { keyword: 'finale', wholeWord: true },
          { keyword: ' ending ', wholeWord: false },
        ],
      },
      world.as(owner),
    );
    assert.deepEqual(made.contexts, ['home', 'public']);
    assert.equal(made.expiresMs, clock.now() + 60_000);
    assert.deepEqual(
      made.keywords.map(({ keyword, wholeWord }) => [keyword, wholeWord]),
      [
        ['finale', true],
        ['ending', false],
      ],
    );
    const [first, second] = made.keywords;
    assert.ok(first && second);
    const changed = await feed.updateFilter(
      {
        filterId: made.id,
        title: 'Endings',
        expiresInSeconds: null,
        keywords: [{ id: first.id, remove: true }, { id: second.id, wholeWord: true }, { keyword: 'last one' }],
      },
      world.as(owner),
    );
    assert.equal(changed.title, 'Endings');
    assert.equal(changed.expiresMs, null);
    assert.deepEqual(changed.contexts, ['home', 'public']);
    assert.deepEqual(
      changed.keywords.map(({ keyword, wholeWord }) => [keyword, wholeWord]),
      [
        ['ending', true],
        ['last one', true],
      ],
    );
    await feed.updateFilter({ filterId: made.id, expiresInSeconds: 1 }, world.as(owner));
    clock.advance(10_000);
    assert.equal((await feed.listFilters({}, world.as(owner))).filters.length, 1);
    await feed.deleteFilter({ filterId: made.id }, world.as(owner));
    assert.deepEqual((await feed.listFilters({}, world.as(owner))).filters, []);
    await assert.rejects(feed.getFilterKeyword({ keywordId: second.id }, world.as(owner)), { code: 'not_found' });
  });

  it('have keywords and posts of their own, for their owner alone', async () => {
    const { world } = t;
    const { feed } = world;
    const [owner, other] = people(world, 2) as [string, string];
    const { id: filterId } = await feed.createFilter({ ...newFilter, keywords: [] }, world.as(owner));
    const keyword = await feed.addFilterKeyword({ filterId, keyword: 'cat', wholeWord: true }, world.as(owner));
    const changed = await feed.updateFilterKeyword({ keywordId: keyword.id, keyword: 'dog' }, world.as(owner));
    assert.deepEqual(changed, { ...keyword, keyword: 'dog' });
    assert.deepEqual(await feed.getFilterKeyword({ keywordId: keyword.id }, world.as(owner)), changed);
    const post = await feed.addFilterPost({ filterId, postId: '77' }, world.as(owner));
    assert.deepEqual(await feed.addFilterPost({ filterId, postId: '77' }, world.as(owner)), post, 'twice is once');
    assert.deepEqual(await feed.getFilterPost({ filterPostId: post.id }, world.as(owner)), post);
    const whole = await feed.getFilter({ filterId }, world.as(owner));
    assert.deepEqual([whole.keywords, whole.posts], [[changed], [post]]);
    for (const attempt of [
      feed.getFilter({ filterId }, world.as(other)),
      feed.updateFilter({ filterId, title: 'x' }, world.as(other)),
      feed.deleteFilter({ filterId }, world.as(other)),
      feed.addFilterKeyword({ filterId, keyword: 'x', wholeWord: true }, world.as(other)),
      feed.getFilterKeyword({ keywordId: keyword.id }, world.as(other)),
      feed.updateFilterKeyword({ keywordId: keyword.id, keyword: 'x' }, world.as(other)),
      feed.deleteFilterKeyword({ keywordId: keyword.id }, world.as(other)),
      feed.addFilterPost({ filterId, postId: '78' }, world.as(other)),
      feed.getFilterPost({ filterPostId: post.id }, world.as(other)),
      feed.deleteFilterPost({ filterPostId: post.id }, world.as(other)),
      feed.updateFilter({ filterId, keywords: [{ id: '999', keyword: 'x' }] }, world.as(owner)),
    ]) {
      await assert.rejects(attempt, { code: 'not_found' });
    }
    assert.deepEqual(await feed.getFilter({ filterId }, world.as(owner)), whole);
    await feed.deleteFilterKeyword({ keywordId: keyword.id }, world.as(owner));
    await feed.deleteFilterPost({ filterPostId: post.id }, world.as(owner));
    const empty = await feed.getFilter({ filterId }, world.as(owner));
    assert.deepEqual([empty.keywords, empty.posts], [[], []]);
  });

  it('refuse what is blank or too much', async () => {
    const { world } = t;
    const { feed } = world;
    const [owner] = people(world, 1) as [string];
    const refused = { code: 'validation_failed' };
    await assert.rejects(feed.createFilter({ ...newFilter, title: ' ', keywords: [] }, world.as(owner)), refused);
    await assert.rejects(feed.createFilter({ ...newFilter, keywords: [{ keyword: ' ' }] }, world.as(owner)), refused);
    const many = Array.from({ length: 101 }, (_, n) => ({ keyword: `word${n}` }));
    await assert.rejects(feed.createFilter({ ...newFilter, keywords: many }, world.as(owner)), refused);
    assert.deepEqual((await feed.listFilters({}, world.as(owner))).filters, []);
    await assert.rejects(feed.listFilters({}, world.as(null)), { code: 'unauthenticated' });
  });
});

describe('markers', () => {
  const t = worldForTests();

  it('remember reading positions, with a version that grows when they move', async () => {
    const { world } = t;
    const { feed, clock } = world;
    const [owner] = people(world, 1) as [string];
    const set = (lastReadId: string) =>
      feed.setMarkers({ markers: [{ timeline: 'home', lastReadId }] }, world.as(owner));
    const { markers } = await set('100');
    assert.deepEqual(markers, [{ timeline: 'home', lastReadId: '100', version: 1, updatedMs: clock.now() }]);
    clock.advance(5);
    assert.deepEqual((await set('100')).markers, markers, 'twice is once');
    assert.equal((await set('101')).markers[0]!.version, 2);
    const both = await feed.getMarkers({ timelines: ['home', 'notifications'] }, world.as(owner));
    assert.deepEqual(
      both.markers.map(({ timeline, lastReadId }) => [timeline, lastReadId]),
      [['home', '101']],
    );
    assert.deepEqual((await feed.getMarkers({ timelines: [] }, world.as(owner))).markers, []);
  });
});

describe('a deleted account', () => {
  const t = worldForTests();

  it('is forgotten with everything it kept, and leaves the lists of others', async () => {
    const { world } = t;
    const { community, feed } = world;
    const [gone, friend] = people(world, 2) as [string, string];
    await community.follow(gone, friend);
    await community.follow(friend, gone);
    await community.post(friend);
    await world.drain();
    await homeIds(world, gone);
    const list = { title: 'x', repliesPolicy: 'list', exclusive: false } as const;
    const { id: mine } = await feed.createList(list, world.as(gone));
    const { id: theirs } = await feed.createList(list, world.as(friend));
    await feed.addListMembers({ listId: mine, accountIds: [friend] }, world.as(gone));
    await feed.addListMembers({ listId: theirs, accountIds: [gone] }, world.as(friend));
    await feed.followTag({ name: 'cats' }, world.as(gone));
    const filter = { title: 'x', contexts: ['home' as const], expiresInSeconds: null, action: 'hide' as const };
    await feed.createFilter({ ...filter, keywords: [{ keyword: 'x' }] }, world.as(gone));
    await feed.setMarkers({ markers: [{ timeline: 'home', lastReadId: '5' }] }, world.as(gone));
    const entriesOfGone = () => world.storedEntries().filter(({ readerId }) => readerId === gone);
    assert.equal(entriesOfGone().length, 1);
    await community.deleteAccount(gone);
    await world.drain();
    assert.deepEqual((await feed.listLists({}, world.as(gone))).lists, []);
    assert.deepEqual((await feed.listFilters({}, world.as(gone))).filters, []);
    assert.deepEqual((await feed.listFollowedTags({ page: { limit: 5 } }, world.as(gone))).names, []);
    assert.deepEqual((await feed.getMarkers({ timelines: ['home'] }, world.as(gone))).markers, []);
    const members = await feed.listMembers({ listId: theirs, page: { limit: 5 }, all: true }, world.as(friend));
    assert.deepEqual(members.accountIds, []);
    assert.deepEqual(entriesOfGone(), []);
  });
});
