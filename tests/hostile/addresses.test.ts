import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Route } from '#services/gateway/route.ts';
import { routes } from '#services/gateway/routes/index.ts';
import { Constellation, onEachTransport } from '#tests/constellation/constellation.ts';
import { assertRefusal, belongingsOf, somebodyWithThings } from './decent.ts';

/** What stands where an id belongs, as it is written in an address. */
const NO_IDS = [
  '0',
  '-1',
  '00012',
  '1.5',
  '1e3',
  'abc',
  'null',
  'undefined',
  '[object Object]',
  '99999999999999999999',
  '%00',
  '1%00',
  "1'%20OR%20'1'='1",
  '1;DROP%20TABLE%20post',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f1',
  '%F0%9F%98%80',
  '%EF%BC%91',
  '1%0d%0aX-Injected:%20yes',
  '<script>alert(1)<%2fscript>',
];
const BROKEN = ['%ff', '%zz', '%', '%c0%af'];
const UNKNOWN = ['1', '7', '9223372036854775807'];

/** About accounts that do not exist these answer nothing rather than 404, as in Mastodon: they tell of one's own things only. */
const ANSWER_NOTHING = ['GET /api/v1/accounts/:id/lists'];

/** What only the browser client may ask refuses every token, whatever the address names. */
const named = routes.filter((route) => route.url.includes(':id') && route.access !== 'first-party');
const pathOf = (route: Route, id: string) => route.url.replace(':id', id).replace(':name', 'original.png');

/** A body that each of these routes would take, where it needs one. */
const BODY = {
  account_ids: ['1'],
  status_id: '1',
  keyword: 'word',
  title: 'Title',
  status: 'Text',
  choices: [0],
  scheduled_at: '2030-01-01T00:00:00Z',
};

onEachTransport('addresses that name nothing', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  it('look like things that do not exist, and change nothing', async () => {
    const person = await somebodyWithThings(await started, 'ida');
    const before = await belongingsOf(person);
    for (const route of named) {
      const ask = (id: string) => {
        const body = route.method === 'GET' ? undefined : BODY;
        return person.api.send(route.method, pathOf(route, id), body, {});
      };
      const what = (id: string) => `${route.method} ${pathOf(route, id)}`;
      const [unknown] = await Promise.all(UNKNOWN.map(ask));
      await Promise.all(
        NO_IDS.map(async (id) => {
          const answer = await ask(id);
          assertRefusal(answer, 404, what(id));
          assert.equal(answer.text, '{"error":"Record not found"}', what(id));
        }),
      );
      await Promise.all(BROKEN.map(async (id) => assertRefusal(await ask(id), [400, 404], what(id))));
      const long = '1'.repeat(5_000);
      assertRefusal(await ask(long), 404, `${route.method} ${route.url} with 5,000 digits`);
      if (ANSWER_NOTHING.includes(`${route.method} ${route.url}`)) assert.deepEqual(unknown?.body, []);
      else assertRefusal(unknown!, 404, what(UNKNOWN[0]!));
    }
    assert.deepEqual(await belongingsOf(person), before);
  });

  it('with words for hashtags that are none', async () => {
    const plaza = await started;
    const person = await plaza.person('tilda');
    for (const name of ['%20', '%00', '..%2f', 'a%20b', '<b>', '%22', '123', 'x'.repeat(101), 'a-b']) {
      for (const path of [`/api/v1/tags/${name}`, `/api/v1/timelines/tag/${name}`]) {
        assertRefusal(await person.api.get(path), [400, 404, 422], path);
      }
      assertRefusal(await person.api.post(`/api/v1/tags/${name}/follow`), [400, 404, 422], `follow ${name}`);
    }
    assert.deepEqual((await person.api.get('/api/v1/followed_tags')).body, []);
  });

  it('that belong to nobody', async () => {
    const plaza = await started;
    for (const path of [
      '/api/v1/nothing',
      '/api',
      '/api/',
      '/api/v9/statuses',
      '/.env',
      '/.git/config',
      '/admin',
      '/metrics',
      '/wp-login.php',
      '/api/v1/statuses/1/nothing',
      '/api/v1/notifications',
      '/api/v1/conversations',
    ]) {
      assertRefusal(await plaza.api.get(path), 404, path);
      assertRefusal(await plaza.api.post(path, {}), 404, `POST ${path}`);
    }
  });
});
