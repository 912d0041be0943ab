import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { notFound } from '#platform/errors/errors.ts';
import { openUserWorld, type UserWorld } from './testing/user-world.ts';

let world: UserWorld;
before(async () => {
  world = await openUserWorld();
});
after(() => world.close());

let pairs = 0;
const pair = async (): Promise<[string, string]> => {
  const prefix = `pair${pairs++}_`;
  return [await world.person(`${prefix}a`), await world.person(`${prefix}b`)];
};
const relationship = async (viewer: string, other: string) =>
  (await world.api.relationships({ ids: [other] }, world.as(viewer))).relationships[0]!;

describe('following', () => {
  test('shows at once on both sides, and ends at once', async () => {
    const [a, b] = await pair();
    const made = await world.api.follow({ accountId: b }, world.as(a));
    assert.deepEqual([made.following, made.showingReposts, made.notifying, made.languages], [true, true, false, []]);
    assert.equal((await relationship(b, a)).followedBy, true);
    assert.equal((await world.facts(a, b)).following, true);
    assert.equal((await world.api.unfollow({ accountId: b }, world.as(a))).following, false);
    assert.equal((await world.facts(a, b)).following, false);
  });

  test('again changes what is wanted of the follow, and only what is given', async () => {
    const [a, b] = await pair();
    await world.api.follow({ accountId: b, languages: ['de', 'en', 'de'] }, world.as(a));
    const changed = await world.api.follow({ accountId: b, showReposts: false, notify: true }, world.as(a));
    assert.deepEqual([changed.showingReposts, changed.notifying, changed.languages], [false, true, ['de', 'en']]);
    const facts = await world.facts(a, b);
    assert.deepEqual([facts.showingReposts, facts.languages], [false, ['de', 'en']]);
    const { followers } = await world.api.followerIds({ accountId: b, after: null, limit: 10 }, world.system());
    assert.deepEqual(followers, [{ id: a, showReposts: false }]);
  });

  test('is refused as Mastodon refuses it', async () => {
    const [a, b] = await pair();
    await assert.rejects(world.api.follow({ accountId: a }, world.as(a)), { code: 'forbidden' });
    await assert.rejects(world.api.follow({ accountId: '7' }, world.as(a)), notFound());
    await assert.rejects(world.api.follow({ accountId: b }, world.anonymous()), { code: 'unauthenticated' });
    await world.api.block({ accountId: b }, world.as(a));
    await assert.rejects(world.api.follow({ accountId: b }, world.as(a)), { code: 'forbidden' });
    await assert.rejects(world.api.follow({ accountId: a }, world.as(b)), { code: 'forbidden' });
    const [c, d] = await pair();
    await world.api.setAccountState({ accountId: d, state: 'suspended' }, world.system());
    await assert.rejects(world.api.follow({ accountId: d }, world.as(c)), notFound());
    await assert.rejects(world.api.follow({ accountId: c }, world.as(d)), { code: 'forbidden' });
  });

  test('of a locked account is a request, which its owner accepts or refuses', async () => {
    const [a, b] = await pair();
    await world.api.updateProfile({ locked: true }, world.as(b));
    const asked = await world.api.follow({ accountId: b, showReposts: false }, world.as(a));
    assert.deepEqual([asked.requested, asked.following, asked.showingReposts], [true, false, false]);
    assert.equal((await relationship(b, a)).requestedBy, true);
    assert.equal((await world.counts(a))!.following, 0);
    const page = await world.api.listFollowRequests({ page: { limit: 10 } }, world.as(b));
    assert.deepEqual(
      page.accounts.map(({ id }) => id),
      [a],
    );
    assert.equal((await world.api.authorizeFollow({ accountId: a }, world.as(b))).followedBy, true);
    const accepted = await relationship(a, b);
    assert.deepEqual([accepted.following, accepted.requested, accepted.showingReposts], [true, false, false]);
    assert.equal((await world.counts(a))!.following, 1);

    const [c] = await pair();
    await world.api.follow({ accountId: b }, world.as(c));
    await world.api.rejectFollow({ accountId: c }, world.as(b));
    assert.equal((await relationship(c, b)).requested, false);
    await assert.rejects(world.api.authorizeFollow({ accountId: c }, world.as(b)), notFound());
  });

  test('who waits is let in when the door is unlocked', async () => {
    const [a, b] = await pair();
    await world.api.updateProfile({ locked: true }, world.as(b));
    await world.api.follow({ accountId: b }, world.as(a));
    await world.api.updateProfile({ locked: false }, world.as(b));
    await world.drain();
    assert.equal((await world.facts(a, b)).following, true);
    assert.deepEqual([(await world.counts(a))!.following, (await world.counts(b))!.followers], [1, 1]);
  });

  test('has an end to it', async () => {
    const [a, b] = await pair();
    await world.relational.batch([
      { query: { sql: 'UPDATE user_heads SET follows = 7499, requests = 1 WHERE id = ?', parameters: [a] } as never },
    ]);
    await assert.rejects(world.api.follow({ accountId: b }, world.as(a)), {
      code: 'validation_failed',
      message: 'Validation failed: You cannot follow more than 7500 people',
    });
  });
});

describe('blocking', () => {
  test('ends everything between the two, and holds at once', async () => {
    const [a, b] = await pair();
    await world.api.follow({ accountId: b }, world.as(a));
    await world.api.follow({ accountId: a }, world.as(b));
    await world.api.endorse({ accountId: b }, world.as(a));
    await world.api.endorse({ accountId: a }, world.as(b));
    const made = await world.api.block({ accountId: b }, world.as(a));
    assert.deepEqual([made.blocking, made.following, made.followedBy, made.endorsed], [true, false, false, false]);
    const seen = await world.facts(b, a);
    assert.deepEqual([seen.blockedBy, seen.following], [true, false]);
    const other = await relationship(b, a);
    assert.deepEqual([other.blockedBy, other.endorsed, other.following], [true, false, false]);
    assert.deepEqual([(await world.counts(a))!.following, (await world.counts(b))!.following], [0, 0]);
    await world.api.unblock({ accountId: b }, world.as(a));
    assert.equal((await world.facts(b, a)).blockedBy, false);
  });

  test('ends requests in both directions', async () => {
    const [a, b] = await pair();
    for (const id of [a, b]) await world.api.updateProfile({ locked: true }, world.as(id));
    await world.api.follow({ accountId: b }, world.as(a));
    await world.api.follow({ accountId: a }, world.as(b));
    const made = await world.api.block({ accountId: b }, world.as(a));
    assert.deepEqual([made.requested, made.requestedBy], [false, false]);
    assert.deepEqual(
      (await world.rows('SELECT requests FROM user_heads WHERE id IN (?, ?)', a, b)).map((row) => row.requests),
      [0, 0],
    );
  });

  test('of oneself changes nothing', async () => {
    const [a] = await pair();
    assert.equal((await world.api.block({ accountId: a }, world.as(a))).blocking, false);
    assert.equal(
      (await world.api.mute({ accountId: a, notifications: true, durationSeconds: 0 }, world.as(a))).muting,
      false,
    );
  });

  test('never leaves a follow beside it, however the two meet', async () => {
    const [a, b] = await pair();
    for (let round = 0; round < 60; round++) {
      await Promise.allSettled([
        world.api.follow({ accountId: b }, world.as(a)),
        world.api.block({ accountId: a }, world.as(b)),
        world.api.follow({ accountId: a }, world.as(b)),
        round % 2 === 0
          ? world.api.follow({ accountId: b }, world.as(a))
          : world.api.unblock({ accountId: a }, world.as(b)),
        world.api.block({ accountId: b }, world.as(a)),
      ]);
      const [mine, theirs] = [await relationship(a, b), await relationship(b, a)];
      const blocked = mine.blocking || mine.blockedBy;
      assert.ok(!(blocked && (mine.following || mine.followedBy || theirs.following)), `round ${round}`);
      for (const [who, whom] of [
        [a, b],
        [b, a],
      ] as const) {
        await world.api.unblock({ accountId: whom }, world.as(who));
        await world.api.unfollow({ accountId: whom }, world.as(who));
      }
    }
    assert.deepEqual([(await world.counts(a))!.following, (await world.counts(b))!.following], [0, 0]);
  });
});

describe('muting', () => {
  test('for a time ends by the clock on every read, and is swept later', async () => {
    const [a, b] = await pair();
    await world.api.mute({ accountId: b, notifications: true, durationSeconds: 60 }, world.as(a));
    assert.equal((await world.facts(a, b)).muting, true);
    assert.equal((await relationship(a, b)).mutingUntilMs, world.clock.now() + 60_000);
    assert.equal((await world.api.listMuted({ page: { limit: 5 } }, world.as(a))).accounts.length, 1);
    world.clock.advance(60_000);
    assert.equal((await world.facts(a, b)).muting, false);
    const after = await relationship(a, b);
    assert.deepEqual([after.muting, after.mutingNotifications, after.mutingUntilMs], [false, false, null]);
    assert.equal((await world.api.listMuted({ page: { limit: 5 } }, world.as(a))).accounts.length, 0);
    await world.drain();
    assert.deepEqual(await world.rows('SELECT mute_id FROM user_pairs WHERE actor_id = ? AND target_id = ?', a, b), [
      { mute_id: null },
    ]);
    await world.api.mute({ accountId: b, notifications: false, durationSeconds: 0 }, world.as(a));
    world.clock.advance(10 * 365 * 86_400_000);
    assert.equal((await world.facts(a, b)).muting, true);
  });
});

describe('notes and endorsements', () => {
  test('a note is for one pair of eyes', async () => {
    const [a, b] = await pair();
    assert.equal((await world.api.setNote({ accountId: b, note: 'met in Graz' }, world.as(a))).note, 'met in Graz');
    assert.equal((await relationship(b, a)).note, '');
    assert.equal((await world.api.setNote({ accountId: b, note: '' }, world.as(a))).note, '');
  });

  test('only the followed are endorsed, and only as long', async () => {
    const [a, b] = await pair();
    await assert.rejects(world.api.endorse({ accountId: b }, world.as(a)), { code: 'validation_failed' });
    await world.api.follow({ accountId: b }, world.as(a));
    assert.equal((await world.api.endorse({ accountId: b }, world.as(a))).endorsed, true);
    const list = await world.api.listEndorsed({ accountId: a, page: { limit: 5 } }, world.anonymous());
    assert.deepEqual(
      list.accounts.map(({ id }) => id),
      [b],
    );
    assert.equal((await world.api.unfollow({ accountId: b }, world.as(a))).endorsed, false);
  });
});

test('languages are codes and nothing else', async () => {
  const [a, b] = await pair();
  await assert.rejects(world.api.follow({ accountId: b, languages: ['de en'] }, world.as(a)), {
    code: 'validation_failed',
  });
});

test('what is repeated changes nothing: no event, no epoch', async () => {
  const [a, b] = await pair();
  const snapshot = async () =>
    JSON.stringify([
      await world.rows('SELECT * FROM user_heads WHERE id IN (?, ?) ORDER BY id', a, b),
      await world.rows('SELECT * FROM user_pairs WHERE actor_id IN (?, ?)', a, b),
    ]);
  const twice = async (act: () => Promise<unknown>) => {
    await act();
    await world.drain();
    const once = await snapshot();
    await act();
    await world.drain();
    assert.equal(await snapshot(), once);
  };
  await twice(() => world.api.follow({ accountId: b, notify: true }, world.as(a)));
  await twice(() => world.api.endorse({ accountId: b }, world.as(a)));
  await twice(() => world.api.mute({ accountId: b, notifications: true, durationSeconds: 9 }, world.as(a)));
  await twice(() => world.api.unmute({ accountId: b }, world.as(a)));
  await twice(() => world.api.removeFollower({ accountId: a }, world.as(b)));
  await twice(() => world.api.block({ accountId: b }, world.as(a)));
  await twice(() => world.api.unblock({ accountId: b }, world.as(a)));
  await twice(() => world.api.unfollow({ accountId: b }, world.as(a)));
  await twice(() => world.api.updateProfile({ bio: 'once', locked: true }, world.as(a)));
});

test('every change of a pair tells an event under a growing version, in its own transaction', async () => {
  const [a, b] = await pair();
  const told: { type: string; version: number }[] = [];
  const subscriber = await world.bus.subscribe({
    group: 'test-versions',
    topics: ['graph'],
    from: 'earliest',
    offsets: 'core',
    maxBatch: 100,
    async handle(events) {
      for (const event of events) {
        const { type, aggregateversion, subject } = JSON.parse(event.body);
        if (subject === `${a}:${b}`) told.push({ type, version: aggregateversion });
      }
    },
  });
  await world.api.follow({ accountId: b }, world.as(a));
  await world.api.follow({ accountId: b, notify: true }, world.as(a));
  await world.api.mute({ accountId: b, notifications: true, durationSeconds: 0 }, world.as(a));
  await world.api.unmute({ accountId: b }, world.as(a));
  await world.api.block({ accountId: b }, world.as(a));
  await world.api.unblock({ accountId: b }, world.as(a));
  await world.drain();
  await subscriber.stop();
  assert.deepEqual(told, [
    { type: 'plaza.graph.followed', version: 1 },
    { type: 'plaza.graph.follow-changed', version: 2 },
    { type: 'plaza.graph.muted', version: 3 },
    { type: 'plaza.graph.unmuted', version: 4 },
    { type: 'plaza.graph.unfollowed', version: 5 },
    { type: 'plaza.graph.blocked', version: 6 },
    { type: 'plaza.graph.unblocked', version: 7 },
  ]);
});

test('every change that decides visibility raises the epoch of whoever made it', async () => {
  const [a, b] = await pair();
  const epoch = async () =>
    (await world.rows<{ epoch: number }>('SELECT epoch FROM user_heads WHERE id = ?', a))[0]!.epoch;
  for (const act of [
    () => world.api.follow({ accountId: b }, world.as(a)),
    () => world.api.follow({ accountId: b, showReposts: false }, world.as(a)),
    () => world.api.unfollow({ accountId: b }, world.as(a)),
    () => world.api.block({ accountId: b }, world.as(a)),
    () => world.api.unblock({ accountId: b }, world.as(a)),
    () => world.api.mute({ accountId: b, notifications: true, durationSeconds: 0 }, world.as(a)),
    () => world.api.unmute({ accountId: b }, world.as(a)),
    () => world.api.updateProfile({ locked: true }, world.as(a)),
    () => world.api.setAccountState({ accountId: a, state: 'suspended' }, world.system()),
  ]) {
    const old = await epoch();
    await act();
    assert.ok((await epoch()) > old, String(act));
  }
});
