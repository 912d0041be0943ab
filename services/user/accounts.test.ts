import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { postEvents } from '#contracts/events/post.ts';
import { graphEvents } from '#contracts/events/user.ts';
import { notFound } from '#platform/errors/errors.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { eraseSome } from './scripts/erase.ts';
import { setState } from './scripts/state.ts';
import { openUserWorld, type UserWorld } from './testing/user-world.ts';

let world: UserWorld;
before(async () => {
  world = await openUserWorld();
});
after(() => world.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('making an account', () => {
  test('is safe to repeat, and takes its name in every spelling', async () => {
    const accountId = world.ids.next();
    const input = { accountId, username: 'Ada', state: 'active', locale: 'de-AT' } as const;
    const made = await world.api.createAccount(input, world.system());
    assert.deepEqual(await world.api.createAccount(input, world.system()), made);
    assert.deepEqual([made.username, made.version, made.state], ['Ada', 1, 'active']);
    assert.equal((await world.api.getPreferences({}, world.as(accountId))).postingLanguage, 'de');
    const other = { ...input, accountId: world.ids.next(), username: 'ADA' };
    await assert.rejects(world.api.createAccount(other, world.system()), { code: 'conflict' });
    await assert.rejects(world.api.createAccount({ ...input, accountId: world.ids.next() }, world.as(accountId)), {
      code: 'forbidden',
    });
    for (const username of ['', 'a b', 'ä', 'a.b', '../a']) {
      await assert.rejects(
        world.api.createAccount({ ...input, accountId: world.ids.next(), username }, world.system()),
        { code: 'validation_failed' },
      );
    }
  });

  test('one of many who want a name at once gets it', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => world.person('wanted')));
    assert.equal(tries.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  });

  test('and reading it by id and by name', async () => {
    const id = await world.person('Grace_H');
    assert.equal((await world.api.lookup({ username: '@grace_h' }, world.anonymous())).id, id);
    assert.equal((await world.api.getAccount({ accountId: id }, world.anonymous())).username, 'Grace_H');
    const named = await world.api.resolveUsernames({ usernames: ['GRACE_h', 'nobody_at_all'] }, world.system());
    assert.deepEqual(
      named.accounts.map((account) => account.id),
      [id],
    );
    await assert.rejects(world.api.lookup({ username: 'nobody_at_all' }, world.anonymous()), notFound());
  });
});

describe('the profile', () => {
  test('changes what is given, and nobody sees the old one afterwards', async () => {
    const id = await world.person('profile');
    const readBefore = await world.api.getAccount({ accountId: id }, world.anonymous());
    const changed = await world.api.updateProfile(
      {
        displayName: ' Zoë \u0000',
        bio: 'likes <b>tea</b>',
        fields: [
          { name: 'web', value: 'https://x.example' },
          { name: '', value: '' },
        ],
      },
      world.as(id),
    );
    assert.equal(changed.displayName, 'Zoë');
    assert.equal(changed.bio, 'likes <b>tea</b>');
    assert.deepEqual(changed.fields, [{ name: 'web', value: 'https://x.example', verifiedMs: null }]);
    assert.ok(changed.version > readBefore.version);
    assert.deepEqual(await world.api.getAccount({ accountId: id }, world.anonymous()), changed);
    const bot = await world.api.updateProfile({ bot: true, displayName: '' }, world.as(id));
    assert.deepEqual([bot.bot, bot.bio, bot.displayName], [true, 'likes <b>tea</b>', '']);
  });

  test('has limits', async () => {
    const id = await world.person('limits');
    const refused = async (change: Parameters<UserWorld['api']['updateProfile']>[0], message: RegExp) =>
      assert.rejects(world.api.updateProfile(change, world.as(id)), { code: 'validation_failed', message });
    await refused({ displayName: 'x'.repeat(31) }, /Display name is too long \(maximum is 30 characters\)/);
    await refused({ bio: 'x'.repeat(501) }, /Note is too long/);
    await refused({ fields: Array.from({ length: 5 }, () => ({ name: 'a', value: 'b' })) }, /at most 4/);
    await refused({ fields: [{ name: '', value: 'b' }] }, /blank/);
    await refused({ fields: [{ name: 'a', value: 'b'.repeat(256) }] }, /profile field is too long/);
    await refused({ avatar: { base64: '' } }, /empty/);
    const families = '👨‍👩‍👧‍👦'.repeat(8);
    assert.equal((await world.api.updateProfile({ displayName: families }, world.as(id))).displayName, families);
  });

  test('keeps pictures in their sizes, and removes those that are replaced', async () => {
    const id = await world.person('pictures');
    const keys = async () => (await world.objects.list(`avatars/${id}/`, { limit: 10 })).map(({ key }) => key);
    const still = await world.api.updateProfile(
      { avatar: { base64: base64('one') }, avatarDescription: 'me' },
      world.as(id),
    );
    assert.deepEqual([still.avatar!.animated, still.avatar!.description], [false, 'me']);
    assert.deepEqual(await keys(), [`${still.avatar!.key}/large`, `${still.avatar!.key}/small`]);
    const moving = await world.api.updateProfile({ avatar: { base64: base64('moves') } }, world.as(id));
    assert.equal(moving.avatar!.animated, true);
    await world.drain();
    const { key } = moving.avatar!;
    assert.deepEqual(await keys(), [`${key}/large`, `${key}/small`, `${key}/still`]);
    assert.equal((await world.api.updateProfile({ avatar: null }, world.as(id))).avatar, null);
    await world.drain();
    assert.deepEqual(await keys(), []);
  });

  test('holds settings that nobody else needs', async () => {
    const id = await world.person('settings');
    await world.api.updateProfile(
      { preferences: { expandSpoilers: true, postingVisibility: 'followers' } },
      world.as(id),
    );
    const preferences = await world.api.getPreferences({}, world.as(id));
    assert.deepEqual(
      [preferences.expandSpoilers, preferences.postingVisibility, preferences.expandMedia],
      [true, 'followers', 'default'],
    );
  });
});

describe('changing one’s name', () => {
  test('holds the old one for its owner, then frees it', async () => {
    const id = await world.person('before');
    await world.api.changeUsername({ username: 'After' }, world.as(id));
    assert.equal((await world.api.lookup({ username: 'after' }, world.anonymous())).id, id);
    await assert.rejects(world.api.lookup({ username: 'before' }, world.anonymous()), notFound());
    await assert.rejects(world.person('Before'), { code: 'conflict' });
    await assert.rejects(world.api.changeUsername({ username: 'before' }, world.as(id)), { code: 'validation_failed' });
    await world.api.changeUsername({ username: 'AFTER' }, world.as(id));
    world.clock.advance(LIMITS.usernameChangeMs);
    await world.api.changeUsername({ username: 'before' }, world.as(id));
    world.clock.advance(LIMITS.usernameHoldMs);
    assert.ok(await world.person('after'));
    await assert.rejects(world.person('before'), { code: 'conflict' });
  });

  test('refuses names of the house and what is no name', async () => {
    const id = await world.person('honest');
    for (const username of ['admin', 'Ad_min', 'a-b', 'x'.repeat(31)]) {
      await assert.rejects(world.api.changeUsername({ username }, world.as(id)), { code: 'validation_failed' });
    }
  });
});

describe('states', () => {
  test('hide the account from everybody but its owner, at once', async () => {
    const id = await world.person('leaver');
    const other = await world.person('other');
    await world.api.follow({ accountId: id }, world.as(other));
    await world.api.deactivate({}, world.as(id));
    await assert.rejects(world.api.getAccount({ accountId: id }, world.as(other)), notFound());
    await assert.rejects(world.api.lookup({ username: 'leaver' }, world.anonymous()), notFound());
    assert.equal((await world.api.getAccount({ accountId: id }, world.as(id))).state, 'deactivated');
    assert.equal((await world.facts(other, id)).state, 'deactivated');
    assert.deepEqual((await world.api.relationships({ ids: [id] }, world.as(other))).relationships, []);
    const following = await world.api.listFollowing({ accountId: other, page: { limit: 5 } }, world.as(other));
    assert.deepEqual(following.accounts, []);
    await world.api.setAccountState({ accountId: id, state: 'active' }, world.system());
    assert.equal((await world.api.getAccount({ accountId: id }, world.as(other))).state, 'active');
    assert.equal((await world.facts(other, id)).following, true);
  });

  test('follow one another only as they may', async () => {
    const id = await world.person('moved', 'pending');
    await assert.rejects(world.api.deactivate({}, world.as(id)), { code: 'forbidden' });
    await assert.rejects(world.api.updateProfile({ bio: 'x' }, world.as(id)), { code: 'forbidden' });
    await assert.rejects(world.api.setAccountState({ accountId: id, state: 'active' }, world.as(id)), {
      code: 'forbidden',
    });
    await world.api.setAccountState({ accountId: id, state: 'active' }, world.system());
    await assert.rejects(world.api.setAccountState({ accountId: id, state: 'pending' }, world.system()), {
      code: 'conflict',
    });
    await world.api.setAccountState({ accountId: id, state: 'suspended' }, world.system());
    await assert.rejects(world.api.setAccountState({ accountId: id, state: 'deactivated' }, world.system()), {
      code: 'conflict',
    });
  });
});

test('a deleted account is forgotten, and its name is nobody’s for ever', async () => {
  const id = await world.person('gone');
  const friends = await world.people(3, 'friend');
  await world.api.updateProfile(
    { displayName: 'Secret Name', bio: 'secret bio', avatar: { base64: base64('face') } },
    world.as(id),
  );
  for (const friend of friends) {
    await world.api.follow({ accountId: id }, world.as(friend));
    await world.api.setNote({ accountId: id, note: 'a secret' }, world.as(friend));
    await world.api.follow({ accountId: friend }, world.as(id));
  }
  await world.api.mute({ accountId: id, notifications: true, durationSeconds: 0 }, world.as(friends[0]!));
  await world.drain();
  assert.equal((await world.counts(friends[1]!))!.followers, 1);

  await world.api.deleteAccount({}, world.as(id));
  await world.api.deleteAccount({}, world.as(id));
  await assert.rejects(world.api.getAccount({ accountId: id }, world.as(id)), notFound());
  assert.equal((await world.facts(friends[0]!, id)).state, 'deleted');
  await world.restart();
  await world.drain();
  for (const [table, column] of [
    ['user_pairs', 'actor_id'],
    ['user_pairs', 'target_id'],
    ['user_words', 'account_id'],
    ['user_tasks', 'account_id'],
    ['user_counts', 'id'],
  ] as const) {
    assert.deepEqual(await world.rows(`SELECT * FROM ${table} WHERE ${column} = ?`, id), [], table);
  }
  const [profile] = await world.rows('SELECT username, display_name, bio, avatar FROM user_profiles WHERE id = ?', id);
  assert.deepEqual(profile, { username: '', display_name: '', bio: '', avatar: null });
  assert.deepEqual(await world.objects.list(`avatars/${id}/`, { limit: 5 }), []);
  for (const friend of friends) {
    const counts = (await world.counts(friend))!;
    assert.deepEqual([counts.followers, counts.following], [0, 0]);
  }
  world.clock.advance(20 * 365 * 86_400_000);
  await assert.rejects(world.person('GONE'), { code: 'conflict' });
});

test('a deletion that was cut off goes on at the next start', async () => {
  const star = await world.person('cut_off');
  const fans = await world.people(205, 'cut_off_fan');
  for (const fan of fans) await world.api.follow({ accountId: star }, world.as(fan));
  // As after a crash: the change is committed, and nobody was told of the work that it promised.
  const args = { accountId: star, state: 'deleted', byOwner: true, eventId: world.ids.next(), nowMs: 0 } as const;
  await world.relational.run(setState, args);
  assert.equal(await world.relational.run(eraseSome, { accountId: star }), true);
  const left = async () => (await world.rows('SELECT actor_id FROM user_pairs WHERE target_id = ?', star)).length;
  assert.equal(await left(), 5);
  await world.restart();
  await world.drain();
  assert.equal(await left(), 0);
  for (const fan of fans) assert.equal((await world.counts(fan))!.following, 0);
});

describe('counts', () => {
  test('of followers: an old event that comes again changes nothing', async () => {
    const [star, fan] = [await world.person('counted'), await world.person('counter')];
    const followed = newEvent(graphEvents.UserFollowed, {
      id: world.ids.next(),
      source: 'user',
      subject: `${fan}:${star}`,
      version: 1,
      timeMs: world.clock.now(),
      data: { actorId: fan, targetId: star },
    });
    await world.api.follow({ accountId: star }, world.as(fan));
    await world.bus.publish('graph', [followed, followed]);
    await world.drain();
    assert.equal((await world.counts(star))!.followers, 1);
    await world.api.unfollow({ accountId: star }, world.as(fan));
    await world.drain();
    await world.bus.publish('graph', [followed]);
    await world.drain();
    assert.equal((await world.counts(star))!.followers, 0);
  });

  const post = (authorId: string, postId: string, deleted = false) => {
    const data = {
      postId,
      authorId,
      kind: 'post' as const,
      visibility: 'public' as const,
      replyToId: null,
      replyToAuthorId: null,
      repostOfId: null,
      repostOfAuthorId: null,
      threadId: postId,
    };
    return newEvent(deleted ? postEvents.PostDeleted : postEvents.PostCreated, {
      id: world.ids.next(),
      source: 'post',
      subject: postId,
      version: deleted ? 2 : 1,
      timeMs: world.clock.now(),
      data,
    });
  };

  test('of posts: twice is once, and late changes nothing', async () => {
    const author = await world.person('author');
    const [one, two, three] = [world.ids.next(), world.ids.next(), world.ids.next()];
    const created = post(author, one!);
    await world.bus.publish('post', [created, created, post(author, two!), post(author, three!, true)]);
    await world.drain();
    assert.equal((await world.counts(author))!.posts, 2);
    assert.equal((await world.counts(author))!.lastPostMs, world.clock.now());
    await world.bus.publish('post', [
      post(author, three!),
      post(author, two!, true),
      post(author, two!, true),
      created,
    ]);
    await world.drain();
    assert.equal((await world.counts(author))!.posts, 1);
    assert.ok((await world.api.statistics({}, world.anonymous())).activeMonth >= 1);
    world.clock.advance(31 * 86_400_000);
    assert.equal((await world.api.statistics({}, world.anonymous())).activeMonth, 0);
  });

  test('that are wrong are counted afresh', async () => {
    const [star, fan] = [await world.person('star'), await world.person('fan')];
    await world.api.follow({ accountId: star }, world.as(fan));
    await world.drain();
    await world.relational.batch([
      { query: { sql: 'UPDATE user_counts SET followers = 77, posts = 5 WHERE id = ?', parameters: [star] } as never },
    ]);
    const rounds = Math.ceil((await world.rows('SELECT id FROM user_counts')).length / 20) + 1;
    for (let round = 0; round < rounds; round++) {
      world.clock.advance(60_000);
      await world.drain();
    }
    const counts = (await world.counts(star))!;
    assert.deepEqual([counts.followers, counts.posts], [1, 0]);
  });
});
