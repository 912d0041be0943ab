import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ShownPost } from '#contracts/model/post.ts';
import type { Filter } from '#contracts/services/feed.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { memoryCache } from '#ports/cache/memory/memory-cache.ts';
import { createSignedUrls } from '../signed-urls.ts';
import { FakeWorld, fakeServices } from '../testing/fake-services.ts';
import { createPresenters } from './presenters.ts';

const CONTEXT: CallContext = { caller: { kind: 'anonymous' }, deadlineMs: Number.MAX_SAFE_INTEGER, requestId: 'r' };

interface Status {
  readonly id: string;
  readonly content: string;
  readonly account: { readonly display_name: string };
  readonly reblog: Status | null;
  readonly media_attachments: { readonly url: string }[];
  readonly filtered?: { readonly keyword_matches: string[] | null; readonly status_matches: string[] | null }[];
  readonly pinned?: boolean;
  readonly url: string;
}

function setUp(alone = true, world = new FakeWorld(), cache = memoryCache({ clock: new TestClock() })) {
  const clock = new TestClock();
  const origin = 'https://plaza.test';
  const signedUrls = createSignedUrls('secret', clock);
  const present = createPresenters(fakeServices(world), { origin, alone }, signedUrls, clock, cache);
  const calls = (name: string) => world.calls.filter((call) => call.name === name).length;
  const read = async (posts: ShownPost[], viewerId: string | null = null) =>
    JSON.parse((await present.statuses.array(posts, { viewerId, context: CONTEXT })).toString()) as Status[];
  return { world, clock, present, calls, read };
}

function filter(change: Partial<Filter>): Filter {
  return {
    id: '1',
    title: 'x',
    contexts: ['home'],
    expiresMs: null,
    action: 'warn',
    keywords: [],
    posts: [],
    ...change,
  };
}

describe('a page of statuses', () => {
  test('asks for what posts say once, and again only for a new version', async () => {
    const { world, calls, read } = setUp();
    const ada = world.addAccount('ada');
    const post = world.addPost(ada, 'one');
    await read([post]);
    await read([post]);
    assert.equal(calls('post.getBodies'), 1);
    world.bodies.set(post.head.id, { ...world.bodies.get(post.head.id)!, text: 'two', version: 2 });
    const [status] = await read([{ head: { ...post.head, version: 2 } }]);
    assert.equal(status?.content, '<p>two</p>');
    assert.equal(calls('post.getBodies'), 2);
  });

  test('keeps no text that is older than the version it was asked for', async () => {
    const { world, read } = setUp();
    const post = world.addPost(world.addAccount('ada'), 'one');
    const edited = { head: { ...post.head, version: 2 } };
    assert.equal((await read([edited]))[0]?.content, '<p>one</p>', 'the store has not got further');
    world.bodies.set(post.head.id, { ...world.bodies.get(post.head.id)!, text: 'two', version: 2 });
    assert.equal((await read([edited]))[0]?.content, '<p>two</p>');
  });

  test('asks each service once for a page, whatever is on it', async () => {
    const { world, calls, read } = setUp();
    const people = ['ada', 'bob'].map((name) => world.addAccount(name));
    const posts = people.flatMap((one) => Array.from({ length: 10 }, (_, at) => world.addPost(one, `post ${at}`)));
    const statuses = await read([...posts, world.repost(people[0]!, posts[11]!)], people[0]!.id);
    assert.equal(statuses.length, 21);
    for (const name of [
      'post.getBodies',
      'post.getCounts',
      'post.getViewerStates',
      'user.getAccounts',
      'user.getCounts',
    ]) {
      assert.equal(calls(name), 1, name);
    }
  });

  test('asks nobody for filters of what the viewer wrote, so that publishing needs no feed service', async () => {
    const { world, calls, read } = setUp(false);
    const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
    const own = world.addPost(ada, 'one');
    await read([own], ada.id);
    assert.equal(calls('feed.listFilters'), 0);
    await read([own, world.addPost(bob, 'two')], ada.id);
    assert.equal(calls('feed.listFilters'), 1);
  });

  test('shows a repost around what was reposted', async () => {
    const { world, read } = setUp();
    const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
    const [status] = await read([world.repost(bob, world.addPost(ada, 'Grüße 🎉'))], bob.id);
    assert.equal(status?.content, '');
    assert.equal(status?.reblog?.content, '<p>Grüße 🎉</p>');
    assert.equal(status?.account.display_name, 'BOB');
    assert.match(status?.url ?? '', /\/@bob\/\d+$/);
    assert.match(status?.reblog?.url ?? '', /\/@ada\/\d+$/);
  });

  test('leaves out what went since it was listed, and stays JSON', async () => {
    const { world, read } = setUp();
    const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
    const posts = [world.addPost(ada, 'a'), world.addPost(bob, 'b'), world.addPost(ada, 'c')];
    const repost = world.repost(ada, posts[1]!);
    world.bodies.delete(posts[0]!.head.id);
    world.accounts.delete(bob.id);
    assert.deepEqual(
      (await read([repost, ...posts])).map((status) => status.id),
      [posts[2]!.head.id],
    );
    assert.deepEqual(await read([repost, posts[0]!]), []);
  });

  test('takes no longer than a moment to show a new name, and none for one’s own', async () => {
    const { world, clock, present, read } = setUp();
    const ada = world.addAccount('ada');
    const post = world.addPost(ada, 'x');
    const nameAfter = async (displayName: string, pass: () => void) => {
      world.accounts.set(ada.id, { ...world.accounts.get(ada.id)!, displayName, version: world.calls.length + 2 });
      pass();
      return (await read([post]))[0]?.account.display_name;
    };
    assert.equal(await nameAfter('One', () => {}), 'One');
    assert.equal(await nameAfter('Two', () => {}), 'One');
    assert.equal(await nameAfter('Three', () => clock.advance(1_001)), 'Three');
    assert.equal(await nameAfter('Four', () => void present.accounts.forget(ada.id)), 'Four');
  });

  test('shows at once what was changed through another gateway; where they cannot tell each other, after a moment', async () => {
    const world = new FakeWorld();
    const cache = memoryCache({ clock: new TestClock() });
    const [here, there] = [setUp(false, world, cache), setUp(false, world, cache)];
    const ada = world.addAccount('ada');
    const post = world.addPost(ada, 'x');
    const name = async () => (await here.read([post]))[0]?.account.display_name;
    const change = async (displayName: string, version: number) => {
      world.accounts.set(ada.id, { ...world.accounts.get(ada.id)!, displayName, version });
      await there.present.accounts.forget(ada.id);
    };
    await name();
    await change('One', 2);
    assert.equal(await name(), 'One');
    await cache.close();
    await change('Two', 3);
    assert.equal(await name(), 'One');
    here.clock.advance(1_001);
    assert.equal(await name(), 'Two');
  });

  test('gives nobody a picture that not everybody may see but whom it was signed for', async () => {
    const { world, read } = setUp();
    const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
    const body = { media: [world.addMedia(ada.id)] };
    const secret = world.addPost(ada, 'x', { head: { visibility: 'followers' }, body });
    const hidden = world.addPost(ada, 'x', { head: { state: 'hidden' }, body });
    const open = world.addPost(ada, 'x', { body });
    const urls = async (viewerId: string | null) =>
      (await read([secret, hidden, open], viewerId)).map((status) => status.media_attachments[0]?.url ?? '');
    for (const viewer of [ada, bob]) {
      const [first, second, third] = await urls(viewer.id);
      assert.match(first!, new RegExp(`viewer=${viewer.id}&`));
      assert.match(second!, new RegExp(`viewer=${viewer.id}&`));
      assert.doesNotMatch(third!, /viewer|signature/);
    }
    assert.deepEqual((await urls(null)).slice(0, 2), ['', '']);
  });
});

describe('filters', () => {
  const matches: [keyword: string, wholeWord: boolean, text: string, matched: string[] | null][] = [
    ['rain', true, 'Rain again', ['rain']],
    ['rain', true, 'training', null],
    ['rain', false, 'training', ['rain']],
    ['c++', true, 'I like C++ a lot', ['c++']],
    ['über', true, 'Über alles, überall', ['über']],
    ['a.b', false, 'axb', null],
    ['(', false, 'a (b)', ['(']],
    ['雨', true, '大雨', null],
    ['雨', false, '大雨', ['雨']],
  ];
  for (const [keyword, wholeWord, text, matched] of matches) {
    test(`${keyword}${wholeWord ? ' as a word' : ''} in “${text}”`, async () => {
      const { world, read } = setUp();
      const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
      world.filters = [filter({ keywords: [{ id: '2', keyword, wholeWord }] })];
      const [status] = await read([world.addPost(ada, text)], bob.id);
      assert.deepEqual(status?.filtered?.[0]?.keyword_matches ?? null, matched);
    });
  }

  test('look at warnings and descriptions too, at posts by their id, and never at one’s own', async () => {
    const { world, read } = setUp();
    const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
    const posts = [
      world.addPost(ada, 'x', { body: { contentWarning: 'rain' } }),
      world.addPost(ada, 'x', { body: { media: [world.addMedia(ada.id, { description: 'a rain cloud' })] } }),
      world.addPost(ada, 'x'),
      world.addPost(bob, 'rain'),
    ];
    world.filters = [
      filter({
        keywords: [{ id: '2', keyword: 'rain', wholeWord: true }],
        posts: [{ id: '3', postId: posts[2]!.head.id }],
      }),
    ];
    const filtered = (await read(posts, bob.id)).map((status) => status.filtered?.length);
    assert.deepEqual(filtered, [1, 1, 1, 0]);
  });

  test('end when they end', async () => {
    const { world, clock, read } = setUp();
    const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
    world.filters = [
      filter({ expiresMs: clock.now() + 10, keywords: [{ id: '2', keyword: 'rain', wholeWord: true }] }),
    ];
    const post = world.addPost(ada, 'rain');
    assert.equal((await read([post], bob.id))[0]?.filtered?.length, 1);
    clock.advance(11);
    assert.equal((await read([post], bob.id))[0]?.filtered?.length, 0);
  });

  test('are remembered by the only gateway until they change, and asked for each time by one of several', async () => {
    for (const [alone, asked] of [
      [true, 1],
      [false, 3],
    ] as const) {
      const { world, calls, read, present } = setUp(alone);
      const [ada, bob] = [world.addAccount('ada'), world.addAccount('bob')];
      const post = world.addPost(ada, 'rain');
      for (let at = 0; at < 3; at++) await read([post], bob.id);
      assert.equal(calls('feed.listFilters'), asked);
      await present.filters.change(bob.id, async () => {
        // A read while the change is on its way must not be what is remembered.
        await read([post], bob.id);
        world.filters = [filter({ keywords: [{ id: '2', keyword: 'rain', wholeWord: true }] })];
      });
      assert.equal((await read([post], bob.id))[0]?.filtered?.length, 1);
    }
  });
});
