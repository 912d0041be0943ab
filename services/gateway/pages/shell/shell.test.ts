import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { HOSTILE_TEXTS } from '#tests/pages/hostile-text.ts';
import { testSeed } from '#tests/seed.ts';
import { BUILT, builtClient, SCRIPT } from '../../client/testing/built-client.ts';
import { startTestGateway, TEST_CONFIG, type TestGateway } from '../../testing/test-gateway.ts';
import { jsonBlock } from './json-block.ts';

/** The boot data as a browser reads it: the text of the element. */
function bootIn(page: string) {
  const blocks = [...page.matchAll(/<script type="application\/json" id="plaza-boot">([^<]*)<\/script>/g)];
  assert.equal(blocks.length, 1);
  return JSON.parse(blocks[0]![1]!);
}

const cookie = (token: string) => ({ cookie: `__Host-plaza-access=${token}` });

describe('the page of the browser client', () => {
  const hostile = HOSTILE_TEXTS.join(' ');
  const name = '</script><!--<script>\u2028"&';
  let plaza: TestGateway;
  before(async () => {
    plaza = await startTestGateway({
      config: {
        client: { folder: builtClient() },
        instance: { ...TEST_CONFIG.instance, title: `Plaza ${HOSTILE_TEXTS[3]}`, description: hostile },
      },
    });
    const ada = plaza.world.addAccount('ada', { displayName: name, bio: hostile });
    plaza.world.addToken('ada', ada, { firstParty: true });
    plaza.world.addToken('app', ada);
    plaza.world.addToken('api', ada);
    plaza.world.addToken('pending', plaza.world.addAccount('pending'), {
      firstParty: true,
      restriction: 'unapproved',
    });
  });
  after(() => plaza.stop());

  test('tells the client who looks and where, whatever stands in it', async () => {
    const page = await (await plaza.call('GET', '/', { headers: cookie('ada') })).text();
    const boot = bootIn(page);
    const account = await plaza.call('GET', '/api/v1/accounts/verify_credentials', { token: 'api' });
    assert.deepEqual(boot.account, await account.json());
    assert.equal(boot.restriction, null);
    assert.equal(boot.account.display_name, name);
    const { poll, version, ...instance } = boot.instance;
    assert.deepEqual(instance, {
      title: `Plaza ${HOSTILE_TEXTS[3]}`,
      description: hostile,
      domain: 'plaza.test',
      sign_up: 'open',
      max_characters: 500,
      max_media_attachments: 4,
    });
    assert.deepEqual(Object.keys(poll), [
      'max_options',
      'max_characters_per_option',
      'min_expiration',
      'max_expiration',
    ]);
    assert.equal(version, '0.1.0');
    const scripts = [...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    assert.deepEqual(scripts, [
      `<script type="module" crossorigin src="${SCRIPT}">`,
      '<script type="application/json" id="plaza-boot">',
    ]);
  });

  test('of somebody who is signed in is kept by nobody, and holds nothing that was read for the screen', async () => {
    for (const path of [
      '/',
      '/public',
      '/@ada',
      '/@ada/123',
      '/@nobody',
      '/favourites',
      '/lists/1',
      '/settings/privacy',
    ]) {
      const answer = await plaza.call('GET', path, { headers: cookie('ada') });
      assert.equal(answer.status, 200, path);
      assert.equal(answer.headers.get('cache-control'), 'private, no-store');
      assert.equal(answer.headers.get('vary'), 'Cookie');
      assert.match(await answer.text(), /<noscript>.*<div id="app"><\/div>/s, path);
    }
  });

  test('without an account shows what anybody may see, and may be kept for a moment', async () => {
    const answer = await plaza.call('GET', '/');
    const page = await answer.text();
    assert.equal(bootIn(page).account, null);
    assert.match(page, /<div id="app"><div class="open whole">.*href="\/sign-up"/s);
    assert.doesNotMatch(page, /<noscript>/);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=0, s-maxage=15, must-revalidate');
    assert.equal(answer.headers.get('vary'), 'Cookie');
    const etag = answer.headers.get('etag')!;
    const again = await plaza.call('GET', '/', { headers: { 'if-none-match': etag } });
    assert.deepEqual([again.status, await again.text()], [304, '']);
  });

  test('that sets or removes a cookie is kept by nobody', async () => {
    const answer = await plaza.call('GET', '/', { headers: cookie('ended-long-ago') });
    assert.match(answer.headers.get('set-cookie') ?? '', /Max-Age=0/);
    assert.equal(answer.headers.get('cache-control'), 'private, no-store');
    assert.equal(bootIn(await answer.text()).account, null);
  });

  test('opens for a session of our own pages only', async () => {
    const page = await (await plaza.call('GET', '/@ada', { headers: cookie('app') })).text();
    assert.equal(bootIn(page).account, null, 'a token of an app is no cookie');
    const token = await (await plaza.call('GET', '/@ada', { token: 'ada' })).text();
    assert.equal(bootIn(token).account, null, 'pages know no tokens');
  });

  test('leads whoever needs an account to it, and those who wait to where they wait', async () => {
    const nobody = await plaza.call('GET', '/lists/12?x=1');
    assert.deepEqual([nobody.status, nobody.headers.get('location')], [303, '/sign-in?next=%2Flists%2F12%3Fx%3D1']);
    const waits = await plaza.call('GET', '/favourites', { headers: cookie('pending') });
    assert.deepEqual([waits.status, waits.headers.get('location')], [303, '/waiting']);
    const open = await plaza.call('GET', '/public', { headers: cookie('pending') });
    const boot = bootIn(await open.text());
    assert.deepEqual([boot.account, boot.restriction], [null, 'unapproved']);
    assert.equal(open.headers.get('cache-control'), 'private, no-store');
  });

  test('can be had without script while signed in', async () => {
    const answer = await plaza.call('GET', '/public?plain=1', { headers: cookie('ada') });
    assert.match(await answer.text(), /<div class="open whole">/);
    assert.equal(answer.headers.get('cache-control'), 'private, no-store');
  });

  test('allows our own scripts and styles, and nothing that text could become', async () => {
    const policy = (await plaza.call('GET', '/')).headers.get('content-security-policy')!;
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data: blob:",
      "media-src 'self' data: blob:",
      "connect-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types plaza',
    ]);
  });
});

describe('with other places that send files', () => {
  test('the page names the CDN of its scripts and allows exactly these places', async () => {
    const plaza = await startTestGateway({
      config: {
        client: { folder: builtClient(), assetsBase: 'https://assets.cdn.test' },
        mediaBase: 'https://media.cdn.test',
        redirectPrivateFiles: true,
      },
      objects: { presign: async (key) => `https://store.test:9000/bucket/${key}?signature=x` },
    });
    try {
      const answer = await plaza.call('GET', '/');
      const page = await answer.text();
      const named = [...page.matchAll(/(?:src|href)="(https:\/\/assets[^"]+)"/g)].map(([, address]) => address);
      assert.deepEqual(named, [
        'https://assets.cdn.test/assets/main-5e6f7a8b.css',
        `https://assets.cdn.test${SCRIPT}`,
        'https://assets.cdn.test/assets/shared-9c0d1e2f.js',
      ]);
      const policy = answer.headers.get('content-security-policy')!;
      assert.match(
        policy,
        /script-src 'self' https:\/\/assets\.cdn\.test; style-src 'self' https:\/\/assets\.cdn\.test;/,
      );
      assert.match(policy, /img-src 'self' data: blob: https:\/\/media\.cdn\.test https:\/\/store\.test:9000;/);
      assert.match(policy, /connect-src 'self';/);
      const worker = await plaza.call('GET', '/sw.js');
      assert.equal(
        worker.headers.get('content-security-policy'),
        "default-src 'none'; script-src 'self'; connect-src 'self' https://assets.cdn.test https://media.cdn.test https://store.test:9000",
      );
    } finally {
      await plaza.stop();
    }
  });

  test('a client without a manifest of its own names none', async () => {
    const { 'manifest.webmanifest': _, ...files } = BUILT;
    const plaza = await startTestGateway({ config: { client: { folder: builtClient(files) } } });
    try {
      assert.doesNotMatch(await (await plaza.call('GET', '/')).text(), /rel="manifest"/);
      assert.equal((await plaza.call('GET', '/manifest.webmanifest')).status, 404);
    } finally {
      await plaza.stop();
    }
  });
});

test('a block of JSON reads as its value and ends nowhere else, whatever text is in it', () => {
  const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS, '</script', '<!--', ']]>'));
  fc.assert(
    fc.property(fc.array(nasty, { maxLength: 8 }), (texts) => {
      const { text } = jsonBlock('x', JSON.stringify(texts));
      const inside = /^<script type="application\/json" id="x">(.*)<\/script>$/s.exec(text)![1]!;
      assert.doesNotMatch(inside, /[<>&\u2028\u2029]/);
      assert.deepEqual(JSON.parse(inside), texts);
    }),
    { seed: testSeed() },
  );
});
