import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Method, Route } from '#services/gateway/route.ts';
import { routes } from '#services/gateway/routes/index.ts';
import { Constellation, onEachTransport } from '#tests/constellation/constellation.ts';
import { assertNothingInside, assertRefusal, belongingsOf, somebodyWithThings } from './decent.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

interface BrokenBody {
  readonly what: string;
  readonly body: string | Uint8Array;
  readonly headers: Record<string, string>;
  readonly status: number;
}

const BROKEN: readonly BrokenBody[] = [
  { what: 'half of JSON', body: '{"status":"x"', headers: JSON_TYPE, status: 400 },
  { what: 'no JSON', body: 'status=x', headers: JSON_TYPE, status: 400 },
  { what: 'a list', body: '[1,2,3]', headers: JSON_TYPE, status: 400 },
  { what: 'a text', body: '"x"', headers: JSON_TYPE, status: 400 },
  { what: 'a number', body: '1', headers: JSON_TYPE, status: 400 },
  {
    what: 'JSON that is not UTF-8',
    body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    headers: JSON_TYPE,
    status: 400,
  },
  { what: 'JSON in UTF-16', body: Buffer.from('{"status":"x"}', 'utf16le'), headers: JSON_TYPE, status: 400 },
  {
    what: 'JSON nested without end',
    body: `${'{"a":'.repeat(20_000)}1${'}'.repeat(19_999)}`,
    headers: JSON_TYPE,
    status: 400,
  },
  { what: 'lists nested without end', body: '['.repeat(100_000), headers: JSON_TYPE, status: 400 },
  { what: 'too much JSON', body: JSON.stringify({ filler: 'x'.repeat(300_000) }), headers: JSON_TYPE, status: 413 },
  { what: 'a form that is not UTF-8', body: Buffer.from([0x61, 0x3d, 0xff]), headers: FORM_TYPE, status: 400 },
  { what: 'a form with a broken escape', body: 'filler=%e2%82', headers: FORM_TYPE, status: 400 },
  {
    what: 'a form of 5,000 fields',
    body: Array.from({ length: 5_000 }, (_, n) => `f${n}=1`).join('&'),
    headers: FORM_TYPE,
    status: 400,
  },
  { what: 'a form nested too deeply', body: `a${'[b]'.repeat(50)}=1`, headers: FORM_TYPE, status: 400 },
  {
    what: 'a form with a list of 600',
    body: Array.from({ length: 600 }, () => 'a[]=1').join('&'),
    headers: FORM_TYPE,
    status: 400,
  },
  { what: 'too much of a form', body: `filler=${'x'.repeat(300_000)}`, headers: FORM_TYPE, status: 413 },
  {
    what: 'XML',
    body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    headers: { 'content-type': 'text/xml' },
    status: 415,
  },
  { what: 'text', body: 'status=x', headers: { 'content-type': 'text/plain' }, status: 415 },
];

/** Things where a text, a number or a choice belongs. */
const WRONG_VALUES: readonly unknown[] = [
  { $gt: 'x' },
  { toString: 'x' },
  [[['x']]],
  'a\0b',
  '\ud800',
  'x'.repeat(60_000),
];

function takesObjects(route: Route, field: string): boolean {
  const schema = route.body?.properties[field] as { type?: string; items?: { type?: string } };
  return schema.type === 'object' || schema.items?.type === 'object';
}

const writing = routes.flatMap((route) => {
  const methods = [route.method, ...(route.alsoAs ?? [])].filter((method) => method !== 'GET');
  return methods.map((method) => ({ route, method }));
});
const pathOf = (route: Route) => route.url.replace(':id', '1').replace(/:\w+/, 'x').replace('*', 'x');

onEachTransport('bodies that are broken', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  it('are refused by every operation that writes, and change nothing', async () => {
    const person = await somebodyWithThings(await started, 'bodo');
    const before = await belongingsOf(person);
    for (const { route, method } of writing) {
      await Promise.all(
        BROKEN.map(async ({ what, body, headers, status }) => {
          const answer = await person.api.send(method, pathOf(route), body, headers);
          // An app signs people up, not a person, and some is for the browser client alone; that is found before the body is read.
          assertRefusal(
            answer,
            [status, ...(route.access === 'app' || route.access === 'first-party' ? [403] : [])],
            `${method} ${route.url} with ${what}`,
          );
        }),
      );
    }
    assert.deepEqual(await belongingsOf(person), before);
  });

  it('because of a value of a wrong type in any field change nothing', async () => {
    const person = await somebodyWithThings(await started, 'wanda');
    const before = await belongingsOf(person);
    let tried = 0;
    for (const { route, method } of writing) {
      if (route.access === 'public') continue;
      for (const field of Object.keys(route.body?.properties ?? {})) {
        tried += await tryWrongValues(route, method, field);
      }
    }
    assert.ok(tried > 200, `${tried} values were tried`);
    assert.deepEqual(await belongingsOf(person), before);

    async function tryWrongValues(route: Route, method: Method, field: string): Promise<number> {
      await Promise.all(
        WRONG_VALUES.map(async (value) => {
          const answer = await person.api.send(method, pathOf(route), { [field]: value }, {});
          const what = `${method} ${route.url} with ${field}=${JSON.stringify(value).slice(0, 60)}`;
          // Where an object may stand, one that says nothing known is taken for an empty one.
          if (answer.status === 200 && takesObjects(route, field)) assertNothingInside(answer, what);
          else assertRefusal(answer, [403, 404, 413, 422], what);
        }),
      );
      return WRONG_VALUES.length;
    }
  });

  it('cannot reach what all objects share', async () => {
    const person = await (await started).person('proto');
    const attempts = [
      '{"__proto__":{"admin":true},"status":""}',
      '{"constructor":{"prototype":{"admin":true}},"status":""}',
    ];
    for (const body of attempts) {
      assertRefusal(await person.api.send('POST', '/api/v1/statuses', body, JSON_TYPE), 422, body);
    }
    for (const query of ['__proto__[admin]=1', 'constructor[prototype][admin]=1', '__proto__.admin=1']) {
      assertNothingInside(await person.api.get(`/api/v1/timelines/home?${query}`), query);
    }
    assert.equal(({} as { admin?: unknown }).admin, undefined);
  });
});

onEachTransport('queries that are broken', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });
  const reading = routes.filter(
    (route) => route.method === 'GET' && route.query !== undefined && route.authorization !== 'app',
  );

  it('are refused, or mean what they can mean', async () => {
    const person = await somebodyWithThings(await started, 'query');
    for (const route of reading) {
      const path = pathOf(route);
      const refused = [
        '%ff=1',
        'limit=%ff',
        Array.from({ length: 1_200 }, (_, n) => `p${n}=1`).join('&'),
        `a${'[b]'.repeat(30)}=1`,
      ];
      for (const query of refused) {
        assertRefusal(await person.api.get(`${path}?${query}`), [400, 404], `${path}?${query.slice(0, 40)}`);
      }
      for (const [field, values] of Object.entries(HOSTILE_QUERIES)) {
        if (!(field in route.query!.properties)) continue;
        for (const value of values) {
          const answer = await person.api.get(`${path}?${field}=${value}`);
          assertNothingInside(answer, `${path}?${field}=${value}`);
          if (answer.status !== 200) assertRefusal(answer, [400, 404, 422], `${path}?${field}=${value}`);
          if (Array.isArray(answer.body)) assert.ok(answer.body.length <= 80);
        }
      }
    }
  });

  it('cannot ask for more than a page', async () => {
    const person = await (await started).person('greedy');
    for (let n = 0; n < 45; n++)
      assert.equal((await person.api.post('/api/v1/statuses', { status: `${n}` })).status, 200);
    await (await started).plaza.drain();
    for (const path of [
      '/api/v1/timelines/home',
      '/api/v1/timelines/public',
      `/api/v1/accounts/${person.id}/statuses`,
    ]) {
      assert.equal((await person.api.get(`${path}?limit=1000000`)).body.length, 40, path);
    }
    const ids = Array.from({ length: 400 }, (_, n) => `id[]=${n + 1}`).join('&');
    assertRefusal(await person.api.get(`/api/v1/statuses?${ids}`), 422, '400 posts at once');
    assertRefusal(await person.api.get(`/api/v1/accounts?${ids}`), 422, '400 accounts at once');
    assertRefusal(await person.api.get(`/api/v1/accounts/relationships?${ids}`), 422, '400 relationships at once');
  });
});

const HOSTILE_QUERIES: Readonly<Record<string, readonly string[]>> = {
  limit: ['0', '-5', '1e9', 'NaN', '99999999999999999999', '1.5', '', '[]'],
  offset: ['-1', '1e9', 'x', '999'],
  max_id: ['abc', '-1', '0', '99999999999999999999999', '%00', "1'--"],
  min_id: ['abc', '9223372036854775807', '0'],
  since_id: ['abc', '9223372036854775807'],
  q: [
    '%00',
    '%25',
    '_',
    '%22',
    '*',
    "'%20OR%20''='",
    'x'.repeat(3_000),
    '%F0%9F%98%80',
    '@',
    '#',
    '@@@',
    'https://',
    'https://localhost/@x/1',
  ],
  resolve: ['maybe'],
  type: ['everything'],
  acct: ['%00', '@', '@@', 'a@b@c', '..%2f..', 'x'.repeat(400)],
  resource: ['acct:', 'acct:@', 'x', 'https://', 'acct:x@y'],
};
