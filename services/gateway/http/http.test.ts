import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Account } from '#contracts/model/account.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { DEFAULT_RATE_LIMITS } from '../limits/rate-limits.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

interface Refusal {
  readonly error: string;
  readonly error_description?: string;
  readonly details?: Record<string, unknown>;
}

describe('the HTTP of the gateway', () => {
  let plaza: TestGateway;
  let ada: Account;
  before(async () => {
    plaza = await startTestGateway({
      services: {
        'user.updateProfile': () => {
          throw new Error('password=hunter2');
        },
        'feed.listLists': () => {
          throw new PlazaError('unavailable', 'The service is not available');
        },
      },
    });
    ada = plaza.world.addAccount('ada');
    plaza.world.addToken('ada-token', ada);
  });
  after(() => plaza.stop());

  const refusal = async (answer: Response, status: number): Promise<Refusal> => {
    const text = await answer.text();
    assert.equal(answer.status, status, text);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    return JSON.parse(text) as Refusal;
  };

  describe('errors', () => {
    test('an address that is not there', async () => {
      for (const path of [
        '/api/v1/nothing',
        '/nothing',
        '/api/v1/accounts/abc',
        '/api/v1/accounts/0',
        '/api/v1/notifications',
      ]) {
        assert.equal((await refusal(await plaza.call('GET', path), 404)).error, 'Record not found');
      }
    });

    test('a method that is not there', async () => {
      const answer = await plaza.call('DELETE', '/api/v1/timelines/home');
      assert.equal(answer.headers.get('allow'), 'GET, HEAD, OPTIONS');
      await refusal(answer, 405);
      await refusal(await plaza.call('PUT', '/api/v1/accounts/12/follow', { token: 'ada-token' }), 405);
    });

    test('a body that is no JSON, or not the kind we read', async () => {
      const post = (body: Uint8Array | string, type: string) =>
        plaza.call('POST', '/api/v1/statuses', { token: 'ada-token', body, headers: { 'content-type': type } });
      await refusal(await post('{"status":', 'application/json'), 400);
      await refusal(await post('[]', 'application/json'), 400);
      await refusal(await post(new Uint8Array([0x7b, 0xff, 0x7d]), 'application/json'), 400);
      await refusal(await post('status=%ff', 'application/x-www-form-urlencoded'), 400);
      await refusal(await post('hello', 'text/plain'), 415);
      await refusal(await post('<a/>', 'application/xml'), 415);
      await refusal(await post('no boundary', 'multipart/form-data; boundary=x'), 400);
      await refusal(await post(JSON.stringify({ status: 'x'.repeat(300_000) }), 'application/json'), 413);
      const { details } = await refusal(await post('{"status":"nul \\u0000"}', 'application/json'), 422);
      assert.deepEqual(Object.keys(details ?? {}), ['status']);
    });

    test('a form whose fields are each small and together large', async () => {
      const form = new FormData();
      form.set('status', 'short');
      for (let at = 0; at < 6; at++) form.set(`more${at}`, '%'.repeat(60_000));
      await refusal(await plaza.call('POST', '/api/v1/statuses', { token: 'ada-token', body: form }), 413);
    });

    test('a body that is empty is no mistake, whatever type it names', async () => {
      const bob = plaza.world.addAccount(`bob${plaza.world.accounts.size}`);
      for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
        const answer = await plaza.call('POST', `/api/v1/accounts/${bob.id}/follow`, {
          token: 'ada-token',
          headers: { 'content-type': type },
        });
        assert.equal(answer.status, 200, type);
      }
    });

    test('forms of every kind make a post', async () => {
      const form = new FormData();
      form.set('status', 'by multipart');
      const bodies = [form, new URLSearchParams({ status: 'by form' })];
      for (const body of bodies) {
        const answer = await plaza.call('POST', '/api/v1/statuses', { token: 'ada-token', body });
        assert.equal(answer.status, 200, await answer.clone().text());
      }
      assert.equal((await plaza.call('POST', '/api/v1/statuses?status=by+query', { token: 'ada-token' })).status, 200);
    });

    test('a fault of ours tells nothing but a number to ask about', async () => {
      const answer = await plaza.call('PATCH', '/api/v1/accounts/update_credentials', { token: 'ada-token', json: {} });
      const body = await refusal(answer, 500);
      assert.equal(body.error, 'Something went wrong');
      assert.ok(!JSON.stringify(body).includes('hunter2'));
      assert.ok(body.error_description?.includes(answer.headers.get('x-request-id') ?? 'missing'));
    });

    test('a service that is away is told as that, with when to come again', async () => {
      const answer = await plaza.call('GET', '/api/v1/lists', { token: 'ada-token' });
      assert.equal(answer.headers.get('retry-after'), '5');
      await refusal(answer, 503);
    });

    test('a 401 says how to come in', async () => {
      const answer = await plaza.call('GET', '/api/v1/timelines/home');
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
      await refusal(answer, 401);
    });

    test('what is not HTTP gets an answer and no more', async () => {
      const { port } = new URL(plaza.address);
      const answer = await new Promise<string>((resolve, reject) => {
        let text = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET / HTTP/9.9\r\nnonsense\r\n\r\n'));
        socket.on('data', (data) => {
          text += data;
        });
        socket.on('end', () => resolve(text));
        socket.on('error', reject);
      });
      assert.match(answer, /^HTTP\/1\.1 400 /);
    });

    test('strange header values and tokens are refused, not crashed on', async () => {
      for (const authorization of [
        'Basic YTpi',
        'Bearer',
        'Bearer a b',
        `Bearer ${'x'.repeat(5_000)}`,
        'Bearer ../..;',
      ]) {
        await refusal(await plaza.call('GET', '/api/v1/timelines/home', { headers: { authorization } }), 401);
      }
    });
  });

  describe('caching', () => {
    test('an open answer to nobody in particular may be kept, and has a validator', async () => {
      const post = plaza.world.addPost(ada, 'hello');
      const path = `/api/v1/statuses/${post.head.id}`;
      const answer = await plaza.call('GET', path);
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=15');
      assert.equal(answer.headers.get('vary'), 'Authorization, X-Plaza-Client');
      const etag = answer.headers.get('etag')!;
      const again = await plaza.call('GET', path, { headers: { 'if-none-match': `"x", W/${etag}` } });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), '');
      assert.equal((await plaza.call('GET', path, { headers: { 'if-none-match': '"x"' } })).status, 200);
    });

    test('an answer to somebody is kept by nobody', async () => {
      const post = plaza.world.addPost(ada, 'hello');
      for (const path of [
        `/api/v1/statuses/${post.head.id}`,
        '/api/v1/timelines/home',
        '/api/v1/accounts/lookup?acct=ada',
      ]) {
        const answer = await plaza.call('GET', path, { token: 'ada-token' });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('cache-control'), 'private, no-store');
        assert.equal(answer.headers.get('vary'), 'Authorization, X-Plaza-Client');
        assert.equal(answer.headers.get('etag'), null);
      }
    });

    test('a failure is kept by nobody', async () => {
      for (const path of ['/api/v1/statuses/12', '/api/v1/nothing', '/api/v1/timelines/home']) {
        assert.equal((await plaza.call('GET', path)).headers.get('cache-control'), 'private, no-store');
      }
    });
  });

  describe('other origins', () => {
    test('may ask what they may send, and read the headers of paging and limits', async () => {
      const preflight = await plaza.call('OPTIONS', '/api/v1/statuses', {
        headers: { origin: 'https://app.test', 'access-control-request-method': 'POST' },
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
      assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Authorization.*Idempotency-Key/);
      const answer = await plaza.call('GET', '/api/v1/timelines/home', { token: 'ada-token' });
      assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      assert.match(answer.headers.get('access-control-expose-headers') ?? '', /Link.*X-RateLimit-Remaining/);
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
    });

    test('JSON is never a page', async () => {
      const answer = await plaza.call('GET', '/api/v1/timelines/home', { token: 'ada-token' });
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    });
  });

  describe('tokens', () => {
    test('one that was revoked ends with the next request, though it was remembered', async () => {
      const principal = plaza.world.addToken('short-token', ada);
      assert.equal((await plaza.call('GET', '/api/v1/timelines/home', { token: 'short-token' })).status, 200);
      plaza.world.ended.add(principal.sessionId);
      assert.equal((await plaza.call('GET', '/api/v1/timelines/home', { token: 'short-token' })).status, 401);
    });

    test('rights that changed count with the next request', async () => {
      const principal = plaza.world.addToken('changing-token', ada);
      assert.equal((await plaza.call('GET', '/api/v1/timelines/home', { token: 'changing-token' })).status, 200);
      plaza.world.principals.set('changing-token', { ...principal, revision: 2, scopes: ['push'] });
      assert.equal((await plaza.call('GET', '/api/v1/timelines/home', { token: 'changing-token' })).status, 403);
    });

    test('a permission that the role lacks is refused', async () => {
      plaza.world.addToken('silenced-token', ada, { permissions: [] });
      const answer = await plaza.call('POST', '/api/v1/statuses', { token: 'silenced-token', json: { status: 'x' } });
      assert.equal((await refusal(answer, 403)).error, 'This action is not allowed');
    });
  });

  test('a post carries the key that the client gave, or one of ours', async () => {
    const keyOf = async (headers: Record<string, string>) => {
      await plaza.call('POST', '/api/v1/statuses', { token: 'ada-token', json: { status: 'x' }, headers });
      const call = plaza.world.calls.findLast(({ name }) => name === 'post.create')!;
      return (call.input as { idempotencyKey: string }).idempotencyKey;
    };
    assert.equal(await keyOf({ 'idempotency-key': 'abc' }), 'abc');
    const [first, second] = [await keyOf({}), await keyOf({})];
    assert.ok(first.length >= 20 && first !== second);
  });
});

describe('limits over the network', () => {
  const limits = { ...DEFAULT_RATE_LIMITS, account: { requests: 3, windowMs: 60_000, per: 'account' as const } };

  test('N pass, N + 1 is 429 and says when to come again; others are not concerned', async () => {
    const plaza = await startTestGateway({ config: { rateLimits: limits } });
    try {
      for (const name of ['ada', 'bob']) plaza.world.addToken(`${name}-token`, plaza.world.addAccount(name));
      const ask = () => plaza.call('GET', '/api/v1/timelines/home', { token: 'ada-token' });
      for (const left of ['2', '1', '0']) {
        const answer = await ask();
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('x-ratelimit-limit'), '3');
        assert.equal(answer.headers.get('x-ratelimit-remaining'), left);
        assert.equal(answer.headers.get('x-ratelimit-reset'), '2026-01-01T00:01:00.000Z');
      }
      const refused = await ask();
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get('retry-after'), '60');
      assert.deepEqual(await refused.json(), { error: 'Too many requests' });
      assert.equal((await plaza.call('GET', '/api/v1/timelines/home', { token: 'bob-token' })).status, 200);
      plaza.clock.advance(60_000);
      assert.equal((await ask()).status, 200);
    } finally {
      await plaza.stop();
    }
  });

  test('a forwarded address counts only where its proxy is trusted', async () => {
    const address = { requests: 2, windowMs: 60_000, per: 'address' as const };
    for (const [trustedProxies, fourth] of [
      [[], 429],
      [['127.0.0.0/8'], 200],
    ] as const) {
      const plaza = await startTestGateway({ config: { rateLimits: { ...limits, address }, trustedProxies } });
      try {
        const statuses: number[] = [];
        for (let at = 1; at <= 4; at++) {
          const headers = { 'x-forwarded-for': `203.0.113.${at}` };
          statuses.push((await plaza.call('GET', '/api/v1/custom_emojis', { headers })).status);
        }
        assert.equal(statuses.at(-1), fourth);
      } finally {
        await plaza.stop();
      }
    }
  });

  test('guessing tokens counts', async () => {
    const address = { requests: 2, windowMs: 60_000, per: 'address' as const };
    const plaza = await startTestGateway({ config: { rateLimits: { ...limits, address } } });
    try {
      const statuses: number[] = [];
      for (let at = 1; at <= 3; at++) {
        statuses.push((await plaza.call('GET', '/api/v1/timelines/home', { token: `guess-${at}` })).status);
      }
      assert.deepEqual(statuses, [401, 401, 429]);
    } finally {
      await plaza.stop();
    }
  });
});
