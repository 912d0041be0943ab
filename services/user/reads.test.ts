import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accountReader } from './store/accounts.ts';
import { openUserWorld, type UserWorld } from './testing/user-world.ts';
import { factsReader } from './visibility-facts.ts';

let world: UserWorld;
before(async () => {
  world = await openUserWorld();
});
after(() => world.close());

describe('what another process keeps in memory', () => {
  test('is never used after a change was acknowledged here', async () => {
    const [viewer, author] = [await world.person('viewer'), await world.person('author')];
    const facts = factsReader(world.relational, world.clock);
    const accounts = accountReader(world.relational);
    const known = async () => (await facts(viewer, [author])).facts[0]!;
    assert.equal((await known()).following, false);
    assert.equal((await accounts([author]))[0]!.bio, '');

    await world.api.follow({ accountId: author }, world.as(viewer));
    assert.equal((await known()).following, true);
    await world.api.removeFollower({ accountId: viewer }, world.as(author));
    assert.equal((await known()).following, false);
    await world.api.block({ accountId: viewer }, world.as(author));
    assert.equal((await known()).blockedBy, true);
    await world.api.updateProfile({ bio: 'new' }, world.as(author));
    assert.equal((await accounts([author]))[0]!.bio, 'new');
    await world.api.deactivate({}, world.as(author));
    assert.equal((await known()).state, 'deactivated');
    assert.equal((await accounts([author]))[0]!.state, 'deactivated');
  });

  test('is not used under epochs that were read before a change', async () => {
    const [viewer, author] = [await world.person('slow'), await world.person('quick')];
    let changeBetween: (() => Promise<unknown>) | undefined;
    const facts = factsReader(
      {
        ...world.relational,
        async query(query, options) {
          const rows = await world.relational.query(query, options);
          await changeBetween?.();
          return rows;
        },
      },
      world.clock,
    );
    for (const act of [
      () => world.api.block({ accountId: viewer }, world.as(author)),
      () => world.api.unblock({ accountId: viewer }, world.as(author)),
    ]) {
      changeBetween = () => {
        changeBetween = undefined;
        return act();
      };
      await facts(viewer, [author]);
      const fresh = await world.facts(viewer, author);
      assert.deepEqual((await facts(viewer, [author])).facts[0], fresh);
    }
  });
});

test('facts come in the order asked for, with strangers and unknown ids among them', async () => {
  const [viewer, one, two] = await world.people(3, 'order');
  await world.api.follow({ accountId: two! }, world.as(viewer!));
  const ids = [two!, '5', one!, viewer!, two!];
  const answer = await world.api.visibilityFacts({ viewerId: viewer!, authorIds: ids }, world.system());
  assert.deepEqual(
    answer.facts.map(({ id, state, following }) => [id, state, following]),
    [
      [two, 'active', true],
      ['5', 'deleted', false],
      [one, 'active', false],
      [viewer, 'active', false],
      [two, 'active', true],
    ],
  );
  assert.equal(answer.viewerState, 'active');
  const anonymous = await world.api.visibilityFacts({ viewerId: null, authorIds: ids }, world.system());
  assert.deepEqual([anonymous.viewerState, anonymous.facts[0]!.following], [null, false]);
  assert.equal(
    (await world.api.visibilityFacts({ viewerId: '6', authorIds: [one!] }, world.system())).viewerState,
    null,
  );
});

test('one query reads what is warm, and two what is not, however many the authors', async () => {
  const [viewer, ...authors] = await world.people(41, 'warm');
  const count = async (act: () => Promise<unknown>) => {
    let queries = 0;
    const inner = world.relational.query;
    world.relational.query = (query, options) => {
      // The relay looks into the outbox whenever it likes.
      const { sql } = 'sql' in query ? query : query.compile();
      if (!sql.includes('outbox')) queries += 1;
      return inner(query, options);
    };
    await act();
    world.relational.query = inner;
    return queries;
  };
  const read = () => world.api.visibilityFacts({ viewerId: viewer!, authorIds: authors }, world.system());
  assert.deepEqual([await count(read), await count(read)], [2, 1]);
  const many = () => world.api.getAccounts({ ids: authors }, world.system());
  await many();
  assert.equal(await count(many), 1);
  assert.ok((await count(() => world.api.relationships({ ids: authors }, world.as(viewer!)))) <= 2);
});

test('no read looks through a whole table', async () => {
  const { api } = world;
  const [a, b] = await world.people(2, 'plan');
  const as = world.as(a!);
  const page = { limit: 5 };
  await api.follow({ accountId: b! }, as);
  for (const window of [page, { limit: 5, minId: a! }]) {
    for (const list of [api.listFollowers, api.listFollowing, api.listEndorsed]) {
      await list({ accountId: b!, page: window }, as);
    }
    for (const list of [api.listBlocked, api.listMuted, api.listFollowRequests]) await list({ page: window }, as);
  }
  await api.search({ text: 'plan', followingOnly: false, offset: 0, limit: 5 }, as);
  await api.suggestions({ limit: 5 }, as);
  await api.familiarFollowers({ ids: [b!] }, as);
  await api.followerIds({ accountId: b!, after: null, limit: 5 }, world.system());
  await api.followingIds({ accountId: a! }, world.system());
  await api.relationships({ ids: [b!] }, as);
  await api.getCounts({ ids: [b!] }, as);
  await api.lookup({ username: 'plan1' }, as);
  await api.getPreferences({}, as);
  await api.statistics({}, as);
  await world.drain();
  assert.ok(world.queries.size > 25);
  for (const [sql, parameters] of [...world.queries]) {
    // Queues: what stands in them is what has to be done.
    if (/user_(outbox|tasks)/.test(sql)) continue;
    const plan = await world.rows<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...parameters);
    for (const { detail } of plan) {
      assert.doesNotMatch(detail, /^SCAN (?!followed|mine|page)|FOR ORDER BY/, sql);
    }
  }
});
