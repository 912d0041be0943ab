import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Account } from '#contracts/model/account.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { HOSTILE_TEXTS } from '#tests/pages/hostile-text.ts';
import { testSeed } from '#tests/seed.ts';
import { textToHtml } from '../../present/html.ts';
import { createUrls } from '../../present/urls.ts';
import { startTestGateway, TEST_CONFIG, type TestGateway } from '../../testing/test-gateway.ts';
import { xml } from './feed.ts';
import { plainText, summary } from './plain-text.ts';

/** Elements that a page or feed has, but those that the template or the markup of posts makes. */
function elementsOf(text: string): string[] {
  return [...text.matchAll(/<([a-zA-Z!?][^\s>/]*)/g)].map(([, name]) => name!.toLowerCase());
}

const NEVER = ['script', 'iframe', 'svg', 'form', 'base', 'style', 'object', 'embed', 'textarea'];

describe('pages that need no script', () => {
  const hostile = HOSTILE_TEXTS.join(' ');
  let plaza: TestGateway;
  let ada: Account;
  let post: ShownPost;
  before(async () => {
    plaza = await startTestGateway({
      config: { mediaBase: 'https://media.plaza.test', instance: { ...TEST_CONFIG.instance, description: hostile } },
    });
    const { world } = plaza;
    ada = world.addAccount('ada', {
      displayName: '</title><script>alert(1)</script>',
      bio: hostile,
      fields: [{ name: '"><script>', value: "'onclick=alert(1)", verifiedMs: null }],
    });
    const media = world.addMedia(ada.id, { description: hostile.slice(0, 1_000) });
    const warned = { contentWarning: '<img src=x onerror=alert(1)>', sensitive: true };
    post = world.addPost(ada, hostile, { body: { media: [media], language: null } });
    world.addPost(ada, 'behind a warning', { body: { ...warned, media: [media], tags: ['a<b'] } });
    world.repost(world.addAccount('bob', { indexable: false }), post);
  });
  after(() => plaza.stop());

  const page = async (path: string) => {
    const answer = await plaza.call('GET', path);
    assert.equal(answer.status, 200, path);
    return { text: await answer.text(), headers: answer.headers };
  };

  test('show hostile text as text, wherever it stands', async () => {
    for (const path of ['/', '/public', '/tags/plaza', '/@ada', '/@ada/with_replies', `/@ada/${post.head.id}`]) {
      const { text, headers } = await page(path);
      const found = elementsOf(text).filter((name) => NEVER.includes(name));
      assert.deepEqual(found, [], path);
      assert.doesNotMatch(text, /<[^>]*\son[a-z]+=(?![^<>"]*"[^<>]*>)/i, path);
      assert.equal([...text.matchAll(/<main/g)].length, 1);
      assert.match(
        headers.get('content-security-policy') ?? '',
        /^default-src 'none'; style-src 'self'; img-src 'self' https:\/\/media\.plaza\.test; media-src/,
      );
      assert.doesNotMatch(headers.get('content-security-policy') ?? '', /script-src/);
    }
  });

  test('tell other places what they are', async () => {
    const { text } = await page(`/@ada/${post.head.id}`);
    const tag = (name: string) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(text)?.[1];
    assert.equal(tag('og:type'), 'article');
    assert.equal(tag('og:url'), `https://plaza.test/@ada/${post.head.id}`);
    assert.equal(tag('og:title'), '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    assert.match(tag('og:description') ?? '', /^&lt;script&gt;alert\(1\)&lt;\/script&gt; .*…$/s);
    assert.match(tag('og:image') ?? '', /^https:\/\/media\.plaza\.test\/media\//);
    assert.equal(tag('twitter:card'), 'summary_large_image');
    assert.ok(text.includes(`<link rel="canonical" href="https://plaza.test/@ada/${post.head.id}">`));
    assert.match(text, /<title>.*“.*”.* · Test Plaza<\/title>/);
    const person = (await page('/@ada')).text;
    assert.ok(person.includes('<link rel="alternate" type="application/rss+xml"'));
    assert.ok(person.includes('href="https://plaza.test/@ada.rss"'));
    assert.ok(person.includes('<link rel="canonical" href="https://plaza.test/@ada">'));
    assert.doesNotMatch(person, /name="robots"/);
  });

  test('of people who do not want to be found are not listed by search engines', async () => {
    assert.match((await page('/@bob')).text, /<meta name="robots" content="noindex">/);
  });

  test('tell nothing of what is behind a warning to places that show links', async () => {
    const warned = [...plaza.world.bodies.values()].find((body) => body.contentWarning !== '')!;
    const { text } = await page(`/@ada/${warned.id}`);
    const head = text.slice(0, text.indexOf('<body'));
    assert.doesNotMatch(head, /behind a warning/);
    assert.doesNotMatch(head, /\/media\//);
    assert.match(text, /<details><summary dir="auto">&lt;img src=x onerror=alert\(1\)&gt;<\/summary>/);
  });

  test('are found under each form of a handle of ours, and under no other', async () => {
    for (const handle of ['ada', 'ADA', 'ada@plaza.test']) {
      assert.match((await page(`/@${handle}`)).text, /rel="canonical" href="https:\/\/plaza\.test\/@ada"/);
    }
    for (const path of [
      '/@ada@else.where',
      '/@nobody',
      '/@',
      '/@%00',
      '/@a%20b',
      '/@nobody.rss',
      '/@ada.rss.rss',
      '/@.rss',
      `/@bob/${post.head.id}`,
      `/@ada/${post.head.id}0`,
      '/@ada/0',
      '/@ada/abc',
      '/@ada?max_id=x',
    ]) {
      const answer = await plaza.call('GET', path, { headers: { accept: 'text/html' } });
      assert.equal(answer.status, 404, path);
      assert.equal(answer.headers.get('cache-control'), 'private, no-store', path);
    }
  });

  test('go on where they end', async () => {
    const { text } = await page('/@ada');
    const next = /rel="next" href="([^"]+)"/.exec(text)?.[1];
    assert.match(next ?? '', /^\/@ada\?max_id=\d+$/);
    await page(next!);
    const asked = plaza.world.calls.findLast(({ name }) => name === 'post.listByAuthor')!;
    assert.equal((asked.input as { page: { maxId: string } }).page.maxId, next!.split('=')[1]);
  });

  test('are read on behalf of nobody, whoever asks', async () => {
    plaza.world.addToken('ada', ada, { firstParty: true });
    plaza.world.calls.length = 0;
    for (const path of ['/@ada', `/@ada/${post.head.id}`, '/public', '/tags/plaza']) {
      const answer = await plaza.call('GET', path, { headers: { cookie: '__Host-plaza-access=ada' } });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'private, no-store');
    }
    const readers = plaza.world.calls
      .filter(({ name }) => !name.startsWith('authentication.'))
      .map(({ context }) => context.caller.kind);
    assert.deepEqual([...new Set(readers)], ['anonymous']);
  });

  test('a feed is well-formed, says what it is, and may be kept for a minute', async () => {
    const { text, headers } = await page('/@ada.rss');
    assert.equal(headers.get('content-type'), 'application/rss+xml; charset=utf-8');
    assert.equal(headers.get('cache-control'), 'public, max-age=60');
    assert.deepEqual(
      elementsOf(text).filter((name) => NEVER.includes(name)),
      [],
    );
    assert.doesNotMatch(text, /&(?!(?:amp|lt|gt|quot|#39|#96);)/);
    const again = await plaza.call('GET', '/@ada.rss', { headers: { 'if-none-match': headers.get('etag')! } });
    assert.equal(again.status, 304);
  });
});

describe('the first page', () => {
  test('shows the ways in when posts cannot be read', async () => {
    const plaza = await startTestGateway({
      services: {
        'feed.public': () => {
          throw new PlazaError('unavailable', 'The service is not available');
        },
      },
    });
    try {
      const text = await (await plaza.call('GET', '/')).text();
      assert.match(text, /href="\/sign-in"/);
      assert.match(text, /cannot be shown just now/);
      const own = await plaza.call('GET', '/public', { headers: { accept: 'text/html' } });
      assert.deepEqual([own.status, own.headers.get('retry-after')], [503, '5']);
    } finally {
      await plaza.stop();
    }
  });

  test('without a client there is nothing at its other addresses', async () => {
    const plaza = await startTestGateway();
    try {
      for (const path of ['/lists', '/settings', '/settings/privacy', '/drafts', '/sw.js']) {
        assert.equal((await plaza.call('GET', path)).status, 404, path);
      }
    } finally {
      await plaza.stop();
    }
  });
});

describe('text of what was typed', () => {
  const urls = createUrls('https://plaza.test');

  test('is what was typed', () => {
    const typed = fc
      .array(
        fc.oneof(fc.constantFrom('<', '&', '"', "'", '\n', '\n\n', 'a', '&lt;', '<br />', '</p>', ' b'), fc.string()),
      )
      .map((parts) =>
        parts
          .join('')
          .replace(/\r/g, '')
          .replace(/\n{3,}/g, '\n\n')
          .trim(),
      );
    fc.assert(
      fc.property(typed, (text) => assert.equal(plainText(textToHtml(text, { mentions: [], tags: [] }, urls)), text)),
      { seed: testSeed() },
    );
  });

  test('is cut between words, and never within a character', () => {
    assert.equal(summary(' one\n two  three ', 100), 'one two three');
    assert.equal(summary('one two three', 10), 'one two…');
    assert.equal(summary('onetwothree', 6), 'onetw…');
    assert.equal(summary('😀😀😀😀', 3), '😀😀…');
  });

  test('is text in XML, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const written = xml(text);
        assert.doesNotMatch(written, /[<>"']|&(?!(?:amp|lt|gt|quot|#39|#96);)/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them
        assert.doesNotMatch(written, /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
        assert.ok(written.isWellFormed());
      }),
      { seed: testSeed() },
    );
  });
});
