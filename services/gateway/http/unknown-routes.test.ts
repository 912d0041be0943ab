import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEFAULT_RATE_LIMITS } from '../limits/rate-limits.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let plaza: TestGateway;
before(async () => {
  const address = { ...DEFAULT_RATE_LIMITS.address, requests: 12 };
  plaza = await startTestGateway({ config: { rateLimits: { ...DEFAULT_RATE_LIMITS, address } } });
});
after(() => plaza.stop());

const kind = (answer: Response) => [answer.status, answer.headers.get('content-type')];
const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';

test('unknown addresses are a page for browsers and JSON for programs, and count to the limit of an address', async () => {
  const page = await plaza.call('GET', '/nothing/here?<script>', { headers: BROWSER });
  assert.deepEqual(kind(page), [404, HTML_TYPE]);
  const text = await page.text();
  assert.match(text, /<html lang="en">[\s\S]*<h1>There is nothing here<\/h1>/);
  assert.doesNotMatch(text, /<script/);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'self'/);
  assert.match(page.headers.get('cache-control') ?? '', /no-store/);
  assert.deepEqual(kind(await plaza.call('GET', '/media/1/x.png', { headers: BROWSER })), [404, HTML_TYPE]);
  assert.deepEqual(kind(await plaza.call('GET', '/%ff', { headers: BROWSER })), [400, HTML_TYPE]);
  assert.deepEqual(kind(await plaza.call('POST', '/sign-out', { headers: BROWSER })), [415, HTML_TYPE]);
  assert.deepEqual(kind(await plaza.call('DELETE', '/sign-in', { headers: BROWSER })), [405, HTML_TYPE]);
  assert.deepEqual(kind(await plaza.call('GET', '/nothing/here')), [404, JSON_TYPE]);
  assert.deepEqual(kind(await plaza.call('GET', '/api/v1/nothing', { headers: BROWSER })), [404, JSON_TYPE]);
  const statuses: number[] = [];
  for (let n = 0; n < 12; n++) statuses.push((await plaza.call('GET', `/guess/${n}`)).status);
  assert.ok(statuses.includes(404) && statuses.at(-1) === 429, statuses.join());
  const refused = await plaza.call('GET', '/guess', { headers: BROWSER });
  assert.deepEqual(kind(refused), [429, HTML_TYPE]);
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.match(await refused.text(), /Too many requests/);
  assert.equal((await plaza.call('OPTIONS', '/api/v1/nothing')).status, 204);
});
