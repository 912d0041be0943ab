import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import Type from 'typebox';
import { systemClock } from '#platform/clock/system-clock.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { serviceContext } from './context.ts';
import { defineService, idempotentWrite, type ServiceApi, write } from './contract.ts';
import { Deadlines } from './deadlines.ts';
import { callClient } from './http-client.ts';
import { startCallServer } from './http-server.ts';

const contract = defineService('counter', {
  set: idempotentWrite(Type.Object({ to: Type.Integer() }), Type.Integer()),
  add: write(Type.Object({ text: Type.Optional(Type.String()) }), Type.Integer()),
});

const base = {
  clock: systemClock,
  log: createLog('silent'),
  deadlines: new Deadlines(systemClock),
  secret: 'tell nobody',
};
const context = () => serviceContext('test', systemClock);

function counter() {
  let count = 0;
  const api: ServiceApi<typeof contract> = {
    set: async ({ to }) => {
      count = to;
      return count;
    },
    add: async () => ++count,
  };
  return { api, count: () => count };
}

const goodHeaders = {
  authorization: 'Bearer tell nobody',
  'content-type': 'application/json',
  'plaza-caller': Buffer.from('{"kind":"anonymous"}').toString('base64url'),
  'plaza-deadline-ms': '1000',
  'x-request-id': 'r',
};

test('a call without the secret, or with a context that is missing or wrong, changes nothing', async (t) => {
  const { api, count } = counter();
  const server = await startCallServer(contract, api, base);
  t.after(() => server.stop());
  const post = async (headers: Record<string, string | undefined>, body = '{}', path = '/call/add') => {
    const given = Object.entries({ ...goodHeaders, ...headers }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const answer = await fetch(server.origin + path, { method: 'POST', headers: given, body });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  assert.deepEqual(await post({ authorization: undefined }), [401, 'unauthenticated']);
  assert.deepEqual(await post({ authorization: 'Bearer guess' }), [401, 'unauthenticated']);
  assert.deepEqual(await post({ authorization: undefined }, '{}', '/call/nothing'), [401, 'unauthenticated']);
  assert.deepEqual(await post({ 'plaza-caller': undefined }), [400, 'bad_request']);
  assert.deepEqual(await post({ 'plaza-caller': Buffer.from('{"kind":"admin"}').toString('base64url') }), [
    400,
    'bad_request',
  ]);
  assert.deepEqual(await post({ 'plaza-caller': '%%%' }), [400, 'bad_request']);
  assert.deepEqual(await post({ 'plaza-deadline-ms': undefined }), [400, 'bad_request']);
  assert.deepEqual(await post({ 'plaza-deadline-ms': 'soon' }), [400, 'bad_request']);
  assert.deepEqual(await post({ 'plaza-deadline-ms': '0' }), [504, 'timeout']);
  assert.deepEqual(await post({}, '{broken'), [400, 'bad_request']);
  assert.deepEqual(await post({}, '{"text":1}'), [400, 'bad_request']);
  assert.deepEqual(await post({}, `{"text":"${'x'.repeat(9 * 1024 * 1024)}"}`), [413, 'too_large']);
  assert.deepEqual(await post({}, '{}', '/call/nothing'), [500, 'internal']);
  assert.equal(count(), 0);
  assert.deepEqual(await post({}), [200, undefined]);
  assert.equal(count(), 1);
});

/** A callee that accepts connections and drops the first so many of them. */
async function flakyServer(drops: number) {
  const seen = { requests: 0 };
  const server = createServer((request, response) => {
    seen.requests++;
    if (seen.requests <= drops) return request.socket.destroy();
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('7'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, origin, close: () => void server.close().closeAllConnections() };
}

test('a lost connection is tried again where the operation is idempotent, and only there', async (t) => {
  const flaky = await flakyServer(1);
  const client = callClient(contract, flaky.origin, { ...base, resilience: { firstRetryMs: 1 } });
  t.after(async () => {
    await client.close();
    flaky.close();
  });
  assert.equal(await client.api.set({ to: 7 }, context()), 7);
  assert.equal(flaky.seen.requests, 2);

  flaky.seen.requests = 0;
  await assert.rejects(client.api.add({}, context()), { code: 'unavailable' });
  assert.equal(flaky.seen.requests, 1);
});

test('a callee that fails all the time is no longer called', async (t) => {
  const flaky = await flakyServer(1_000);
  const client = callClient(contract, flaky.origin, {
    ...base,
    resilience: { minimumCalls: 5, windowCalls: 5, openMs: 60_000 },
  });
  t.after(async () => {
    await client.close();
    flaky.close();
  });
  for (let i = 0; i < 20; i++) await assert.rejects(client.api.add({}, context()), { code: 'unavailable' });
  assert.equal(flaky.seen.requests, 5);
});

test('an address where nobody listens, and an answer that is not ours, are unavailable', async (t) => {
  const gone = await flakyServer(0);
  gone.close();
  const client = callClient(contract, gone.origin, { ...base, resilience: { firstRetryMs: 1 } });
  await assert.rejects(client.api.set({ to: 1 }, context()), { code: 'unavailable' });
  await client.close();

  const proxy = createServer((_request, response) => response.writeHead(502).end('<html>Bad gateway</html>'));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const other = callClient(contract, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, base);
  t.after(async () => {
    await other.close();
    proxy.close();
  });
  await assert.rejects(other.api.add({}, context()), { code: 'unavailable' });
});
