import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyReader, SECOND_KEY_MS } from './keys.ts';

const press = (key: string, timeMs = 0, held: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeMs,
  ...held,
});

test('single keys, also with the capital lock on', () => {
  const read = keyReader();
  assert.equal(read(press('j')), 'next');
  assert.equal(read(press('J')), 'next');
  assert.equal(read(press('?')), 'help');
  assert.equal(read(press('q')), undefined);
  assert.equal(read(press('toString')), undefined);
});

test('keys with another held are left to the browser', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
    assert.equal(keyReader()(press('l', 0, held)), undefined);
  }
});

test('g and another key lead somewhere, when they follow each other', () => {
  const read = keyReader();
  assert.equal(read(press('g', 0)), undefined);
  assert.equal(read(press('l', SECOND_KEY_MS)), 'local');
  assert.equal(read(press('l', SECOND_KEY_MS)), 'like');
  read(press('g', 0));
  assert.equal(read(press('l', SECOND_KEY_MS + 1)), 'like');
  read(press('g', 0));
  assert.equal(read(press('j', 1)), undefined);
});
