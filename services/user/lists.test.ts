import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from '#contracts/model/common.ts';
import { openUserWorld, type UserWorld } from './testing/user-world.ts';

let world: UserWorld;
before(async () => {
  world = await openUserWorld();
});
after(() => world.close());

const idsOf = (page: { accounts: { id: string }[] }) => page.accounts.map(({ id }) => id);

describe('lists', () => {
  test('page from the newest edge to the oldest, while others come', async () => {
    const star = await world.person('star');
    const fans = await world.people(23, 'fan');
    for (const fan of fans) await world.api.follow({ accountId: star }, world.as(fan));
    const seen: string[] = [];
    let page: Page = { limit: 5 };
    for (let round = 0; ; round++) {
      const answer = await world.api.listFollowers({ accountId: star, page }, world.anonymous());
      seen.push(...idsOf(answer));
      const late = await world.person(`late${round}`);
      await world.api.follow({ accountId: star }, world.as(late));
      if (answer.cursors.olderThan === undefined) break;
      page = { limit: 5, maxId: answer.cursors.olderThan };
    }
    assert.deepEqual(seen, [...fans].reverse());

    const first = await world.api.listFollowers({ accountId: star, page: { limit: 3 } }, world.anonymous());
    const newer = await world.api.listFollowers(
      { accountId: star, page: { limit: 2, minId: first.cursors.olderThan! } },
      world.anonymous(),
    );
    assert.deepEqual(idsOf(newer), idsOf(first).slice(0, 2));
    const since = await world.api.listFollowers(
      { accountId: star, page: { limit: 80, sinceId: first.cursors.olderThan! } },
      world.anonymous(),
    );
    assert.deepEqual(idsOf(since), idsOf(first).slice(0, 2));
  });

  test('fill a page although many in it may not be seen, and skip nobody', async () => {
    const star = await world.person('star2');
    const isSeen = (index: number) => (index * 7) % 11 < 5;
    const fans = await world.people(40, 'fan2_');
    for (const fan of fans) await world.api.follow({ accountId: star }, world.as(fan));
    for (const [index, fan] of fans.entries()) {
      if (!isSeen(index)) await world.api.setAccountState({ accountId: fan, state: 'suspended' }, world.system());
    }
    const seen: string[] = [];
    let page: Page = { limit: 4 };
    for (let round = 0; round < 30; round++) {
      const answer = await world.api.listFollowers({ accountId: star, page }, world.anonymous());
      seen.push(...idsOf(answer));
      if (round === 0) assert.equal(answer.accounts.length, 4);
      if (answer.cursors.olderThan === undefined) break;
      page = { limit: 4, maxId: answer.cursors.olderThan };
    }
    assert.deepEqual(seen, fans.filter((_, index) => isSeen(index)).reverse());
  });

  test('are empty for others where they are hidden, and for whom the owner blocks', async () => {
    const [owner, fan, blocked] = await world.people(3, 'hide');
    await world.api.follow({ accountId: owner! }, world.as(fan!));
    await world.api.block({ accountId: blocked! }, world.as(owner!));
    const page = { limit: 10 };
    assert.equal((await world.api.listFollowers({ accountId: owner!, page }, world.as(blocked!))).accounts.length, 0);
    assert.equal((await world.api.listFollowers({ accountId: owner!, page }, world.anonymous())).accounts.length, 1);
    await world.api.updateProfile({ hideCollections: true }, world.as(owner!));
    assert.equal((await world.api.listFollowers({ accountId: owner!, page }, world.anonymous())).accounts.length, 0);
    assert.equal((await world.api.listFollowers({ accountId: owner!, page }, world.as(owner!))).accounts.length, 1);
  });

  test('leave out whom the viewer blocks or mutes, and who blocks the viewer; but never the viewer', async () => {
    const [star, viewer, muted, blocks, plain] = await world.people(5, 'apart');
    for (const fan of [viewer, muted, blocks, plain]) await world.api.follow({ accountId: star! }, world.as(fan!));
    await world.api.mute({ accountId: muted!, notifications: true, durationSeconds: 0 }, world.as(viewer!));
    await world.api.block({ accountId: viewer! }, world.as(blocks!));
    const list = await world.api.listFollowers({ accountId: star!, page: { limit: 10 } }, world.as(viewer!));
    assert.deepEqual(idsOf(list), [plain, viewer]);
    assert.equal(
      (await world.api.listFollowers({ accountId: star!, page: { limit: 10 } }, world.as(star!))).accounts.length,
      4,
    );
    assert.deepEqual(idsOf(await world.api.listBlocked({ page: { limit: 10 } }, world.as(blocks!))), [viewer]);
  });

  test('for services go through all followers in order of id', async () => {
    const star = await world.person('served');
    const fans = await world.people(12, 'served_fan');
    for (const fan of fans) await world.api.follow({ accountId: star }, world.as(fan));
    const seen: string[] = [];
    for (let after: string | null = null; ; after = seen.at(-1)!) {
      const { followers } = await world.api.followerIds({ accountId: star, after, limit: 5 }, world.system());
      seen.push(...followers.map(({ id }) => id));
      if (followers.length < 5) break;
    }
    assert.deepEqual(seen, fans);
    for (const fan of fans) await world.api.follow({ accountId: fan }, world.as(star));
    const { following } = await world.api.followingIds({ accountId: star }, world.system());
    assert.deepEqual(
      following.map(({ id }) => id),
      fans,
    );
  });
});

describe('familiar followers and suggestions', () => {
  test('know the friends of friends', async () => {
    const [me, friendA, friendB, both, onlyA, hidden] = await world.people(6, 'graph');
    const follow = (who: string, whom: string) => world.api.follow({ accountId: whom }, world.as(who));
    for (const friend of [friendA!, friendB!]) await follow(me!, friend);
    for (const friend of [friendA!, friendB!]) await follow(friend, both!);
    await follow(friendA!, onlyA!);
    await follow(friendA!, hidden!);
    await world.api.updateProfile({ discoverable: false, hideCollections: true }, world.as(hidden!));

    const familiar = await world.api.familiarFollowers({ ids: [both!, onlyA!, hidden!] }, world.as(me!));
    assert.deepEqual(
      familiar.results.map(({ id, accounts }) => [id, accounts.map((account) => account.id).sort()]),
      [
        [both, [friendA, friendB]],
        [onlyA, [friendA]],
        [hidden, []],
      ],
    );

    const suggested = async () =>
      (await world.api.suggestions({ limit: 40 }, world.as(me!))).suggestions.map(({ account, source }) => [
        account.id,
        source,
      ]);
    assert.deepEqual((await suggested()).slice(0, 2), [
      [both, 'friends_of_friends'],
      [onlyA, 'friends_of_friends'],
    ]);
    const ids = (await suggested()).map(([id]) => id);
    assert.ok(!ids.includes(hidden) && !ids.includes(me) && !ids.includes(friendA));
    await world.api.dismissSuggestion({ accountId: both! }, world.as(me!));
    await world.api.block({ accountId: onlyA! }, world.as(me!));
    const after = (await suggested()).map(([id]) => id);
    assert.ok(!after.includes(both) && !after.includes(onlyA));
  });

  test('do not tell whom a friend follows who hides it, from the moment of hiding', async () => {
    const [me, open, discreet, ofOpen, ofDiscreet] = await world.people(5, 'discreet');
    const follow = (who: string, whom: string) => world.api.follow({ accountId: whom }, world.as(who));
    for (const friend of [open!, discreet!]) await follow(me!, friend);
    await follow(open!, ofOpen!);
    await follow(discreet!, ofDiscreet!);
    const told = async () => {
      const { suggestions } = await world.api.suggestions({ limit: 40 }, world.as(me!));
      const { results } = await world.api.familiarFollowers({ ids: [ofDiscreet!] }, world.as(me!));
      return {
        fromFriends: suggestions.flatMap(({ account, source }) => (source === 'friends_of_friends' ? account.id : [])),
        familiar: results[0]!.accounts.map(({ id }) => id),
      };
    };
    assert.deepEqual(await told(), { fromFriends: [ofOpen, ofDiscreet], familiar: [discreet] });
    await world.api.updateProfile({ hideCollections: true }, world.as(discreet!));
    assert.deepEqual(await told(), { fromFriends: [ofOpen], familiar: [] });
  });
});

describe('search', () => {
  test('finds beginnings of names and words, in any script, width, accent and case', async () => {
    const ana = await world.person('ana_lucia');
    const jose = await world.person('pepe');
    const taro = await world.person('taro');
    await world.api.updateProfile({ displayName: 'Ｊosé Ñuñez' }, world.as(jose));
    await world.api.updateProfile({ displayName: '山田 太郎' }, world.as(taro));
    const search = async (text: string, viewer?: string, followingOnly = false) =>
      idsOf(
        await world.api.search(
          { text, followingOnly, offset: 0, limit: 10 },
          viewer === undefined ? world.anonymous() : world.as(viewer),
        ),
      );
    assert.deepEqual(await search('ana'), [ana]);
    assert.deepEqual(await search('LUC'), [ana]);
    assert.deepEqual(await search('josé nun'), [jose]);
    assert.deepEqual(await search('JOSE'), [jose]);
    assert.deepEqual(await search('山'), [taro]);
    assert.deepEqual(await search('josé lucia'), []);
    assert.deepEqual(await search('  % _ '), []);
    assert.deepEqual(await search(''), []);

    await world.api.updateProfile({ discoverable: false }, world.as(jose));
    assert.deepEqual(await search('jose'), []);
    assert.deepEqual(await search('pep'), []);
    assert.deepEqual(await search('@Pepe'), [jose]);
    await world.api.follow({ accountId: jose }, world.as(ana));
    assert.deepEqual(await search('pep', ana), [jose]);
    assert.deepEqual(await search('taro', ana, true), []);
    assert.deepEqual(await search('nun', ana, true), [jose]);

    await world.api.setAccountState({ accountId: jose, state: 'suspended' }, world.system());
    assert.deepEqual(await search('@pepe', ana), []);
  });

  test('shows the exact name first, then the followed, then the most followed', async () => {
    const [exact, liked, followed, viewer] = [
      await world.person('zed'),
      await world.person('zed_liked'),
      await world.person('zed_followed'),
      await world.person('looker'),
    ];
    await world.api.follow({ accountId: liked }, world.as(exact));
    await world.api.follow({ accountId: liked }, world.as(followed));
    await world.api.follow({ accountId: followed }, world.as(viewer));
    await world.drain();
    const found = await world.api.search({ text: 'zed', followingOnly: false, offset: 0, limit: 10 }, world.as(viewer));
    assert.deepEqual(idsOf(found), [exact, followed, liked]);
    const second = await world.api.search({ text: 'zed', followingOnly: false, offset: 1, limit: 1 }, world.as(viewer));
    assert.deepEqual(idsOf(second), [followed]);
  });
});
