import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { loadClient } from './client-build.ts';
import { BUILT, builtClient, SCRIPT } from './testing/built-client.ts';

/** An answer as it came over the network: `fetch` would undo its coding. */
async function raw(plaza: TestGateway, path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const asked = get(`${plaza.address}${path}`, { headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
  });
}

describe('files of the browser client', () => {
  let plaza: TestGateway;
  before(async () => {
    plaza = await startTestGateway({ config: { client: { folder: builtClient() } } });
  });
  after(() => plaza.stop());
  const text = BUILT[SCRIPT.slice(1)]!;

  test('are sent in the form that a browser likes best, each with a validator of its own', async () => {
    const tags = new Set<unknown>();
    for (const [accepted, coding, decode] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['identity', undefined, (bytes: Buffer) => bytes],
    ] as const) {
      const { status, headers, body } = await raw(plaza, SCRIPT, { 'accept-encoding': accepted });
      assert.deepEqual([status, headers['content-encoding']], [200, coding]);
      assert.equal(decode(body).toString(), text);
      assert.equal(headers['content-length'], String(body.length));
      assert.equal(headers.vary, 'Accept-Encoding');
      tags.add(headers.etag);
      const again = await raw(plaza, SCRIPT, {
        'accept-encoding': accepted,
        'if-none-match': String(headers.etag),
      });
      assert.deepEqual([again.status, again.body.length, again.headers.etag], [304, 0, headers.etag]);
      assert.match(String(again.headers['cache-control']), /immutable/);
    }
    assert.equal(tags.size, 3);
  });

  test('say what they are, never change, and may be loaded from the address of a CDN', async () => {
    const { headers } = await raw(plaza, SCRIPT, { 'accept-encoding': 'br' });
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    const style = await raw(plaza, '/assets/main-5e6f7a8b.css', { 'accept-encoding': 'br' });
    assert.deepEqual(
      [style.headers['content-type'], style.headers['content-encoding']],
      ['text/css; charset=utf-8', undefined],
    );
  });

  test('are told of without being sent', async () => {
    const { status, headers, body } = await raw(plaza, SCRIPT, { 'accept-encoding': 'identity' }, 'HEAD');
    assert.deepEqual([status, body.length, headers['content-length']], [200, 0, String(text.length)]);
  });

  test('are only those of the build', async () => {
    for (const path of [
      '/assets/notes.txt',
      '/assets/none.js',
      `${SCRIPT}.br`,
      '/.vite/manifest.json',
      '/assets/../.vite/manifest.json',
      '/assets/%2e%2e/.vite/manifest.json',
      '/assets/..%2f.vite%2fmanifest.json',
      '/assets/',
    ]) {
      const { status, headers } = await raw(plaza, path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(String(headers['cache-control']), /public/, path);
    }
    const { headers } = await raw(plaza, '/');
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  });

  test('the service worker is looked for anew each time, and watches over every address', async () => {
    const { status, headers } = await raw(plaza, '/sw.js', { 'accept-encoding': 'identity' });
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['service-worker-allowed'], '/');
    assert.equal(
      headers['content-security-policy'],
      "default-src 'none'; script-src 'self'; connect-src 'self'",
      'it fetches from where the page may load from, and runs nothing else',
    );
  });

  test('the manifest bears the name of the place', async () => {
    const { headers, body } = await raw(plaza, '/manifest.webmanifest');
    assert.equal(headers['content-type'], 'application/manifest+json; charset=utf-8');
    const manifest = JSON.parse(body.toString());
    assert.deepEqual([manifest.name, manifest.short_name, manifest.start_url], ['Test Plaza', 'Test Plaza', '/']);
    assert.equal((await raw(plaza, '/icon.svg')).headers['content-type'], 'image/svg+xml');
  });
});

describe('a folder', () => {
  test('in which nothing was built has no client', async () => {
    assert.equal(await loadClient(builtClient({}), 'Plaza'), undefined);
    assert.equal(await loadClient('/nowhere/at/all', 'Plaza'), undefined);
  });

  test('with half a client is refused, and it is said what to do', async () => {
    const manifest = '.vite/manifest.json';
    for (const files of [
      { [manifest]: '{' },
      { [manifest]: '[]' },
      { [manifest]: '{"src/other.tsx":{"file":"a.js"}}' },
      { [manifest]: BUILT[manifest]! },
      { ...BUILT, [manifest]: BUILT[manifest]!.replace('5e6f7a8b', '00000000') },
    ]) {
      await assert.rejects(loadClient(builtClient(files), 'Plaza'), /build it anew/);
    }
  });

  test('gives a page its script, what that imports at once, and styles of both', async () => {
    const build = await loadClient(builtClient(), 'Plaza');
    assert.deepEqual(build?.page, {
      script: SCRIPT,
      imports: ['/assets/shared-9c0d1e2f.js'],
      styles: ['/assets/main-5e6f7a8b.css'],
    });
  });
});
