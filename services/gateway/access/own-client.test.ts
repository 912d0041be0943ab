import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnClient } from './own-client.ts';

const ORIGIN = 'https://plaza.example';
const own = { host: 'plaza.example', 'x-plaza-client': 'web' };

test('our own client is known by its header, and by what the browser says of where it stands', () => {
  assert.ok(isOwnClient(own, ORIGIN));
  assert.ok(isOwnClient({ ...own, origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, ORIGIN));
});

test('a request of anybody else is not, whatever the browser sends with it', () => {
  const foreign = [
    { host: 'plaza.example' },
    { ...own, 'x-plaza-client': 'other' },
    { ...own, origin: 'https://evil.example' },
    { ...own, origin: 'http://plaza.example' },
    { ...own, origin: 'null' },
    { ...own, origin: 'https://sibling.plaza.example', 'sec-fetch-site': 'same-site' },
    { ...own, 'sec-fetch-site': 'cross-site' },
    { ...own, 'sec-fetch-site': 'same-site' },
    { ...own, 'sec-fetch-site': 'none' },
  ];
  for (const headers of foreign) assert.equal(isOwnClient(headers, ORIGIN), false, JSON.stringify(headers));
});

test('a WebSocket needs an origin, and it has to be ours: it can carry no header', () => {
  const upgrade = { host: 'plaza.example', upgrade: 'websocket' };
  assert.ok(isOwnClient({ ...upgrade, origin: ORIGIN }, ORIGIN));
  assert.equal(isOwnClient(upgrade, ORIGIN), false);
  assert.equal(isOwnClient({ ...upgrade, 'x-plaza-client': 'web' }, ORIGIN), false);
  assert.equal(isOwnClient({ ...upgrade, origin: 'https://evil.example' }, ORIGIN), false);
  assert.equal(isOwnClient({ ...upgrade, origin: 'http://plaza.example' }, ORIGIN), false);
});

test('the same machine may be asked by another name, but not without the encryption of its public address', () => {
  const local = { 'x-plaza-client': 'web', host: '127.0.0.1:3000' };
  assert.ok(isOwnClient({ ...local, origin: 'http://127.0.0.1:3000' }, 'http://localhost:3000'));
  assert.ok(isOwnClient({ ...local, origin: 'https://127.0.0.1:3000' }, 'http://localhost:3000'));
  assert.equal(isOwnClient({ ...local, origin: 'http://127.0.0.1:4000' }, 'http://localhost:3000'), false);
  assert.equal(isOwnClient({ ...local, origin: 'http://127.0.0.1:3000' }, ORIGIN), false);
});
