import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prefersHtml } from './prefers-html.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

for (const [accept, url, wanted] of [
  [BROWSER, '/nothing', true],
  [BROWSER, '/@ada/1', true],
  [BROWSER, '/apiary', true],
  ['TEXT/HTML', '/nothing', true],
  [BROWSER, '/api/v1/nothing', false],
  [BROWSER, '/api', false],
  [BROWSER, '/oauth/token', false],
  [BROWSER, '/.well-known/webfinger?resource=x', false],
  [undefined, '/nothing', false],
  ['*/*', '/nothing', false],
  ['', '/nothing', false],
  ['application/json, text/html;q=0.5', '/nothing', false],
  ['application/json, text/plain, */*', '/nothing', false],
  ['text/html;q=0', '/nothing', false],
  ['text/html;q=nonsense', '/nothing', false],
  ['image/avif,image/webp,*/*;q=0.8', '/media/1/original.png', false],
] as const) {
  test(`${accept} at ${url}: ${wanted ? 'a page' : 'JSON'}`, () => assert.equal(prefersHtml(accept, url), wanted));
}
