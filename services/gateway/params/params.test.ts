import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Type from 'typebox';
import { PlazaError } from '#platform/errors/errors.ts';
import { ProfileParameters } from '../routes/accounts/profile-change.ts';
import { DraftParameters } from '../routes/statuses/draft.ts';
import { compileParameters } from './coerce.ts';
import { nestFields, parseForm, parseFormBody, parseJson } from './tree.ts';
import { Cursor, Flag, IdList, IdParam, Limit, Text } from './types.ts';

const Everything = Type.Object({
  limit: Limit(20, 40),
  max_id: Cursor(),
  only_media: Flag(false),
  id: IdList(5),
  text: Type.Optional(Text(10)),
  kind: Type.Optional(Type.Union([Type.Literal('a'), Type.Literal('b')])),
  expires_in: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
  reply: Type.Optional(IdParam),
  poll: Type.Optional(Type.Object({ options: Type.Array(Text(20), { maxItems: 3 }), multiple: Flag(false) })),
  fields: Type.Optional(Type.Array(Type.Object({ name: Text(20), value: Type.Optional(Text(20)) }), { maxItems: 3 })),
});
const read = compileParameters(Everything) as (raw: Record<string, unknown>) => Record<string, unknown>;
const defaults = { limit: 20, only_media: false, id: [] };

function refusal(run: () => unknown): PlazaError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof PlazaError, String(error));
    return error;
  }
  return assert.fail('it was taken');
}

describe('parameters are taken as Rails takes them', () => {
  const queries: [query: string, expected: Record<string, unknown>][] = [
    ['', {}],
    ['limit=5', { limit: 5 }],
    ['limit=1000', { limit: 40 }],
    ['limit=0', { limit: 1 }],
    ['limit=', {}],
    ['limit=3&limit=7', { limit: 7 }],
    ['max_id=12', { max_id: '12' }],
    ['max_id=0', {}],
    ['max_id=', {}],
    ['max_id=9999999999999999999', { max_id: '9223372036854775807' }],
    ['only_media=true', { only_media: true }],
    ['only_media=1', { only_media: true }],
    ['only_media=on', { only_media: true }],
    ['only_media=0', { only_media: false }],
    ['only_media=false', { only_media: false }],
    ['only_media=', {}],
    ['id[]=1&id[]=2', { id: ['1', '2'] }],
    ['id%5B%5D=1&id%5B%5D=2', { id: ['1', '2'] }],
    ['id[0]=1&id[1]=2', { id: ['1', '2'] }],
    ['id[7]=2&id[3]=1', { id: ['1', '2'] }],
    ['id=1', { id: ['1'] }],
    ['text=a+b%20c', { text: 'a b c' }],
    ['text=%F0%9F%8E%89', { text: '🎉' }],
    ['kind=b', { kind: 'b' }],
    ['kind=', {}],
    ['expires_in=60', { expires_in: 60 }],
    ['expires_in=', { expires_in: null }],
    ['reply=', {}],
    ['unknown=1&constructor=2&toString=3', {}],
    ['poll[options][]=x&poll[options][]=y&poll[multiple]=true', { poll: { options: ['x', 'y'], multiple: true } }],
    ['fields[0][name]=n&fields[0][value]=v&fields[1][name]=m', { fields: [{ name: 'n', value: 'v' }, { name: 'm' }] }],
    ['fields[][name]=n', { fields: [{ name: 'n' }] }],
  ];
  for (const [query, expected] of queries) {
    test(query || 'nothing', () => assert.deepEqual(read(parseForm(query)), { ...defaults, ...expected }));
  }

  const bodies: [body: unknown, expected: Record<string, unknown>][] = [
    [
      { limit: 5, only_media: true, id: ['1'] },
      { limit: 5, only_media: true, id: ['1'] },
    ],
    [
      { limit: '5', only_media: 'false', id: [12] },
      { limit: 5, id: ['12'] },
    ],
    [{ text: null, reply: null, poll: null, id: null }, {}],
    [{ expires_in: null }, { expires_in: null }],
    [{ fields: { 0: { name: 'n' }, 1: { name: 'm' } } }, { fields: [{ name: 'n' }, { name: 'm' }] }],
    [{ fields: [{ name: 'n', extra: {} }] }, { fields: [{ name: 'n' }] }],
  ];
  for (const [body, expected] of bodies) {
    const text = JSON.stringify(body);
    test(text, () => assert.deepEqual(read(parseJson(Buffer.from(text))), { ...defaults, ...expected }));
  }

  test('nothing at all is an empty form', () => {
    assert.deepEqual({ ...parseJson(Buffer.alloc(0)) }, {});
    assert.deepEqual({ ...parseJson(Buffer.from('null')) }, {});
  });

  test('a form of fields is read as a query is', () => {
    assert.deepEqual(
      read(
        nestFields([
          ['poll[options][]', 'ä&b=c'],
          ['poll[options][]', 'd'],
          ['text', '1+1'],
        ]),
      ),
      { ...defaults, poll: { options: ['ä&b=c', 'd'], multiple: false }, text: '1+1' },
    );
  });
});

describe('what does not fit is refused, and its field is named', () => {
  const refused: [raw: Record<string, unknown>, field: string][] = [
    [{ limit: 'abc' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ limit: true }, 'limit'],
    [{ limit: { a: 1 } }, 'limit'],
    [{ max_id: 'abc' }, 'max_id'],
    [{ max_id: '-1' }, 'max_id'],
    [{ only_media: 'maybe' }, 'only_media'],
    [{ only_media: {} }, 'only_media'],
    [{ id: ['x'] }, 'id[0]'],
    [{ id: ['1', '2', '3', '4', '5', '6'] }, 'id'],
    [{ text: 'far too long a text' }, 'text'],
    [{ text: 'nul\0' }, 'text'],
    [{ text: 'half \ud800' }, 'text'],
    [{ text: { $ne: '' } }, 'text'],
    [{ text: true }, 'text'],
    [{ kind: 'c' }, 'kind'],
    [{ expires_in: -1 }, 'expires_in'],
    [{ reply: '../1' }, 'reply'],
    [{ poll: 'yes' }, 'poll'],
    [{ poll: {} }, 'poll[options]'],
    [{ poll: { options: ['a', 'b', 'c', 'd'] } }, 'poll[options]'],
    [{ fields: [{}] }, 'fields[0][name]'],
    [{ fields: [[]] }, 'fields[0]'],
  ];
  for (const [raw, field] of refused) {
    test(`${JSON.stringify(raw)} names ${field}`, () => {
      const { status, details } = refusal(() => read(raw));
      assert.equal(status, 422);
      assert.deepEqual(Object.keys(details ?? {}), [field]);
    });
  }

  const malformed: [name: string, run: () => unknown][] = [
    ['broken JSON', () => parseJson(Buffer.from('{"a":'))],
    ['a JSON array', () => parseJson(Buffer.from('[1]'))],
    ['a JSON text', () => parseJson(Buffer.from('"a"'))],
    ['JSON that is not UTF-8', () => parseJson(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))],
    ['a form that is not UTF-8', () => parseFormBody(Buffer.from([0x61, 0x3d, 0xc3, 0x28]))],
    ['percent-encoding that is not UTF-8', () => parseForm('text=%ff')],
    ['broken percent-encoding', () => parseForm('text=%zz')],
    ['the same in a nested name', () => parseForm('a[%ff]=1')],
    ['too many parameters', () => parseForm(Array.from({ length: 1_001 }, (_, at) => `a${at}=1`).join('&'))],
    ['too many entries', () => parseForm(Array.from({ length: 1_001 }, () => 'a[]=1').join('&'))],
    ['nesting without end', () => parseForm(`a${'[b]'.repeat(50)}=1`)],
  ];
  for (const [name, run] of malformed) {
    test(name, () => assert.equal(refusal(run).status, 400));
  }

  test('no name reaches a prototype', () => {
    for (const tree of [
      parseForm('__proto__[polluted]=1&constructor[prototype][polluted]=1'),
      parseForm('__proto__=1'),
      parseJson(Buffer.from('{"__proto__":{"polluted":1,"text":"x"}}')),
    ]) {
      assert.deepEqual(read(tree), defaults);
      assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    }
  });
});

test('the forms of real clients are read', () => {
  const draft = compileParameters(Type.Object(DraftParameters));
  assert.deepEqual(
    draft(parseForm('status=hi&media_ids[]=12&poll[options][]=a&poll[options][]=b&poll[expires_in]=300&sensitive=0')),
    {
      status: 'hi',
      media_ids: ['12'],
      sensitive: false,
      poll: { options: ['a', 'b'], expires_in: 300, multiple: false, hide_totals: false },
    },
  );
  const profile = compileParameters(ProfileParameters);
  assert.deepEqual(
    profile(
      parseForm(
        'display_name=A&locked=true&source[privacy]=private&fields_attributes[0][name]=n&fields_attributes[0][value]=v',
      ),
    ),
    {
      display_name: 'A',
      locked: true,
      source: { privacy: 'private' },
      fields_attributes: [{ name: 'n', value: 'v' }],
    },
  );
});
