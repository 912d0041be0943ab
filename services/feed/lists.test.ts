import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from '#contracts/model/common.ts';
import type { FeedWorld } from './testing/feed-world.ts';
import { homeIds, idsOf, people, worldForTests } from './testing/for-tests.ts';

async function listIds(world: FeedWorld, ownerId: string, listId: string, page: Partial<Page> = {}) {
  return idsOf(await world.feed.list({ listId, page: { limit: 20, ...page } }, world.as(ownerId)));
}

describe('lists', () => {
  const t = worldForTests();
  const newList = { title: ' Friends ', repliesPolicy: 'list', exclusive: false } as const;

  it('are made, changed, found and deleted by their owner alone', async () => {
    const { world } = t;
    const { feed } = world;
    const [owner, other] = people(world, 2) as [string, string];
    const list = await feed.createList(newList, world.as(owner));
    assert.deepEqual({ ...list, id: '' }, { id: '', title: 'Friends', repliesPolicy: 'list', exclusive: false });
    const changed = await feed.updateList({ listId: list.id, exclusive: true }, world.as(owner));
    assert.deepEqual(changed, { ...list, exclusive: true });
    assert.deepEqual(await feed.getList({ listId: list.id }, world.as(owner)), changed);
    assert.deepEqual((await feed.listLists({}, world.as(owner))).lists, [changed]);
    assert.deepEqual((await feed.listLists({}, world.as(other))).lists, []);
    for (const attempt of [
      feed.getList({ listId: list.id }, world.as(other)),
      feed.updateList({ listId: list.id, title: 'x' }, world.as(other)),
      feed.deleteList({ listId: list.id }, world.as(other)),
      feed.list({ listId: list.id, page: { limit: 1 } }, world.as(other)),
      feed.addListMembers({ listId: list.id, accountIds: [other] }, world.as(other)),
      feed.removeListMembers({ listId: list.id, accountIds: [other] }, world.as(other)),
      feed.listMembers({ listId: list.id, page: { limit: 1 }, all: true }, world.as(other)),
    ]) {
      await assert.rejects(attempt, { code: 'not_found' });
    }
    await assert.rejects(feed.createList({ ...newList, title: '  ' }, world.as(owner)), { code: 'validation_failed' });
    await assert.rejects(feed.createList(newList, world.as(null)), { code: 'unauthenticated' });
    await feed.deleteList({ listId: list.id }, world.as(owner));
    await assert.rejects(feed.getList({ listId: list.id }, world.as(owner)), { code: 'not_found' });
  });

  it('are at most fifty', async () => {
    const { world } = t;
    const [owner] = people(world, 1) as [string];
    for (let n = 0; n < 50; n++) await world.feed.createList(newList, world.as(owner));
    await assert.rejects(world.feed.createList(newList, world.as(owner)), { code: 'validation_failed' });
    assert.equal((await world.feed.listLists({}, world.as(owner))).lists.length, 50);
  });

  it('hold people whom the owner follows, until that ends', async () => {
    const { world } = t;
    const { community, feed } = world;
    const [owner, a, b, stranger] = people(world, 4) as [string, string, string, string];
    await community.follow(owner, a);
    await community.follow(owner, b);
    const { id: listId } = await feed.createList(newList, world.as(owner));
    const members = async () =>
      (await feed.listMembers({ listId, page: { limit: 40 }, all: false }, world.as(owner))).accountIds;
    const add = (accountIds: string[]) => feed.addListMembers({ listId, accountIds }, world.as(owner));
    await assert.rejects(add([a, stranger]), { code: 'not_found' });
    assert.deepEqual(await members(), []);
    await add([a]);
    await add([b, a, owner]);
    assert.deepEqual(await members(), [owner, b, a]);
    assert.deepEqual(
      (await feed.listsWith({ accountId: b }, world.as(owner))).lists.map(({ id }) => id),
      [listId],
    );
    assert.deepEqual((await feed.listsWith({ accountId: stranger }, world.as(owner))).lists, []);
    const one = await feed.listMembers({ listId, page: { limit: 2 }, all: false }, world.as(owner));
    const next = { limit: 2, maxId: one.cursors.olderThan! };
    assert.deepEqual((await feed.listMembers({ listId, page: next, all: false }, world.as(owner))).accountIds, [a]);
    const postOfB = await community.post(b);
    await world.drain();
    assert.deepEqual(await listIds(world, owner, listId), [postOfB]);
    await community.unfollow(owner, b);
    assert.deepEqual(await members(), [owner, a], 'at once');
    assert.deepEqual(await listIds(world, owner, listId), []);
    await world.drain();
    await community.follow(owner, b);
    assert.deepEqual(await members(), [owner, a], 'and for good');
    await community.unfollow(owner, a);
    await community.follow(owner, a);
    await world.drain();
    await feed.removeListMembers({ listId, accountIds: [owner] }, world.as(owner));
    assert.ok(!(await members()).includes(owner));
  });

  it('show replies by their policy', async () => {
    const { world } = t;
    const { community, feed } = world;
    const [owner, member, colleague, followed, stranger] = people(world, 5) as [string, string, string, string, string];
    for (const target of [member, colleague, followed]) await community.follow(owner, target);
    const { id: listId } = await feed.createList(newList, world.as(owner));
    await feed.addListMembers({ listId, accountIds: [member, colleague] }, world.as(owner));
    const parents = {
      colleague: await community.post(colleague),
      followed: await community.post(followed),
      stranger: await community.post(stranger),
      owner: await community.post(owner),
    };
    const own = await community.post(member);
    const toSelf = await community.post(member, { replyTo: own });
    const toColleague = await community.post(member, { replyTo: parents.colleague });
    const toFollowed = await community.post(member, { replyTo: parents.followed });
    await community.post(member, { replyTo: parents.stranger });
    const toOwner = await community.post(member, { replyTo: parents.owner });
    await world.drain();
    const under = async (repliesPolicy: 'none' | 'list' | 'followed') => {
      await feed.updateList({ listId, repliesPolicy }, world.as(owner));
      return listIds(world, owner, listId);
    };
    assert.deepEqual(await under('none'), [toOwner, toSelf, own, parents.colleague]);
    assert.deepEqual(await under('list'), [toOwner, toColleague, toSelf, own, parents.colleague]);
    assert.deepEqual(await under('followed'), [toOwner, toFollowed, toColleague, toSelf, own, parents.colleague]);
  });

  it('keep posts of exclusive lists out of home, at once', async () => {
    const { world } = t;
    const { community, feed } = world;
    const [owner, member] = people(world, 2) as [string, string];
    await community.follow(owner, member);
    const id = await community.post(member);
    await world.drain();
    assert.deepEqual(await homeIds(world, owner), [id]);
    const { id: listId } = await feed.createList({ ...newList, exclusive: true }, world.as(owner));
    await feed.addListMembers({ listId, accountIds: [member] }, world.as(owner));
    assert.deepEqual(await homeIds(world, owner), []);
    assert.deepEqual(await listIds(world, owner, listId), [id]);
    await feed.updateList({ listId, exclusive: false }, world.as(owner));
    assert.deepEqual(await homeIds(world, owner), [id]);
    await feed.updateList({ listId, exclusive: true }, world.as(owner));
    await feed.removeListMembers({ listId, accountIds: [member] }, world.as(owner));
    assert.deepEqual(await homeIds(world, owner), [id]);
  });

  it('page exactly, down and up, deeper than memory', async () => {
    const { world } = t;
    const { community, feed } = world;
    const members = people(world, 3);
    const [owner] = people(world, 1) as [string];
    for (const member of members) await community.follow(owner, member);
    const { id: listId } = await feed.createList(newList, world.as(owner));
    await feed.addListMembers({ listId, accountIds: members }, world.as(owner));
    const expected: string[] = [];
    for (let n = 0; n < 200; n++)
      expected.unshift(await community.post(members[n % 8 === 0 ? 1 : n % 2 === 0 ? 2 : 0]!));
    await world.drain();
    const down: string[] = [];
    for (let maxId: string | undefined; ; ) {
      const page = { limit: 17, ...(maxId === undefined ? {} : { maxId }) };
      const { posts, cursors } = await feed.list({ listId, page }, world.as(owner));
      down.push(...posts.map(({ head }) => head.id));
      if (cursors.olderThan === undefined) break;
      maxId = cursors.olderThan;
      if (down.length === 51) {
        await community.post(members[0]!);
        await world.drain();
      }
    }
    assert.deepEqual(down, expected);
    assert.deepEqual(
      await listIds(world, owner, listId, { minId: expected[150]!, limit: 10 }),
      expected.slice(140, 150),
    );
    assert.deepEqual(
      await listIds(world, owner, listId, { sinceId: expected[3]! }).then((ids) => ids.slice(1)),
      expected.slice(0, 3),
    );
  });
});
