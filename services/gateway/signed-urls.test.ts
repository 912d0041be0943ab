import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { createSignedUrls } from './signed-urls.ts';

const HOUR_MS = 3_600_000;
const clock = () => new TestClock(Date.UTC(2026, 0, 1, 12, 20));
const parsed = (url: string) => {
  const at = new URL(url, 'https://plaza.test');
  return { path: at.pathname, query: Object.fromEntries(at.searchParams) };
};

test('an address opens for whom it was signed, until it ends', () => {
  const time = clock();
  const urls = createSignedUrls('secret', time);
  const { path, query } = parsed(urls.sign('/media/12/a.png', '7'));
  assert.equal(urls.viewerOf(path, query), '7');
  time.advance(6 * HOUR_MS);
  assert.equal(urls.viewerOf(path, query), '7');
  time.advance(HOUR_MS);
  assert.equal(urls.viewerOf(path, query), undefined);
});

test('it stays the same within an hour, so that it can be kept', () => {
  const time = clock();
  const urls = createSignedUrls('secret', time);
  const first = urls.sign('/media/12/a.png', '7');
  time.advance(HOUR_MS / 2);
  assert.equal(urls.sign('/media/12/a.png', '7'), first);
  time.advance(HOUR_MS / 2);
  assert.notEqual(urls.sign('/media/12/a.png', '7'), first);
});

test('no part of it can be changed', () => {
  const urls = createSignedUrls('secret', clock());
  const { path, query } = parsed(urls.sign('/media/12/a.png', '7'));
  const changes: [path: string, query: Record<string, string>][] = [
    ['/media/13/a.png', query],
    ['/media/12/b.png', query],
    [path, { ...query, viewer: '8' }],
    [path, { ...query, viewer: '7\n1' }],
    [path, { ...query, expires: String(Number(query.expires) + 1) }],
    [path, { ...query, expires: `${query.expires}0` }],
    [path, { ...query, expires: 'never' }],
    [path, { ...query, signature: '' }],
    [path, { ...query, signature: `${query.signature}A` }],
    [path, { viewer: query.viewer!, expires: query.expires! }],
    [path, {}],
  ];
  for (const [changedPath, changed] of changes) {
    assert.equal(urls.viewerOf(changedPath, changed), undefined, JSON.stringify(changed));
  }
  assert.equal(createSignedUrls('another secret', clock()).viewerOf(path, query), undefined);
});
