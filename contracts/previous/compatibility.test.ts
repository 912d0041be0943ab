import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import Type from 'typebox';
import { refusal, type Schema } from './accepts.ts';
import { contractsOfToday, type WireContracts } from './today.ts';

const previous = JSON.parse(readFileSync(new URL('./contracts.json', import.meta.url), 'utf8')) as WireContracts;
const today = await contractsOfToday();

const mend =
  'during an upgrade both versions run: add a field as optional, or a new operation or event beside the old one';

describe('this version and the one before it understand each other', () => {
  test('there is something to compare', () => {
    assert.ok(Object.keys(previous.calls).length > 100);
    assert.ok(Object.keys(previous.events).length > 10);
  });

  for (const [name, old] of Object.entries(previous.calls)) {
    test(`calls of ${name}`, () => {
      const now = today.calls[name];
      assert.ok(now, `${name} is gone, and processes of the version before still call it`);
      for (const [what, reader, writer] of [
        ['an old caller asks a new service', now.input, old.input],
        ['a new caller asks an old service', old.input, now.input],
        ['a new service answers an old caller', old.output, now.output],
        ['an old service answers a new caller', now.output, old.output],
      ] as const) {
        assert.equal(refusal(reader as Schema, writer as Schema), undefined, `${what}: ${mend}`);
      }
    });
  }

  for (const [name, old] of Object.entries(previous.events)) {
    test(`events: ${name}`, () => {
      const now = today.events[name];
      assert.ok(now, `${name} is gone, and the log may still hold it`);
      assert.equal(refusal(now as Schema, old as Schema), undefined, `a new consumer reads an old event: ${mend}`);
      assert.equal(refusal(old as Schema, now as Schema), undefined, `an old consumer reads a new event: ${mend}`);
    });
  }
});

describe('what breaks the other version is noticed', () => {
  const base = Type.Object({
    id: Type.String({ maxLength: 10 }),
    kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
  });
  const check = (reader: object, writer: object) => refusal(reader as Schema, JSON.parse(JSON.stringify(writer)));

  test('more optional fields are fine both ways', () => {
    const more = Type.Object({ ...base.properties, note: Type.Optional(Type.String()) });
    assert.equal(check(base, more), undefined);
    assert.equal(check(more, base), undefined);
  });

  test('a field that is needed and may be missing, another type, a wider choice, a longer text', () => {
    assert.match(check(Type.Object({ ...base.properties, note: Type.String() }), base)!, /may lack note/);
    assert.match(check(base, Type.Object({ ...base.properties, id: Type.Integer() }))!, /id is integer, not string/);
    const wider = Type.Union([Type.Literal('a'), Type.Literal('b'), Type.Literal('c')]);
    assert.match(check(base, Type.Object({ ...base.properties, kind: wider }))!, /kind may be "c"/);
    assert.match(check(base, Type.Object({ ...base.properties, id: Type.String() }))!, /id may be above maxLength 10/);
    assert.match(check(Type.Array(base), Type.Array(Type.Object({ id: base.properties.id })))!, /may lack kind/);
    const nullable = Type.Object({ ...base.properties, id: Type.Union([Type.String({ maxLength: 10 }), Type.Null()]) });
    assert.match(check(base, nullable)!, /id may be null/);
    assert.equal(check(nullable, base), undefined);
  });
});
