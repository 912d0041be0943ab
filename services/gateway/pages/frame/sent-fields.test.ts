import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SentFields } from './sent-fields.ts';

test('a field is text that every store takes, whatever was sent', () => {
  const fields = new SentFields({ plain: 'ünï 🎉', nothing: 'a\0b', half: 'a\uD83Cb', many: ['a', 'b'] });
  assert.equal(fields.text('plain'), 'ünï 🎉');
  assert.equal(fields.text('nothing'), 'a\uFFFDb');
  assert.equal(fields.text('half'), 'a\uFFFDb');
  assert.equal(fields.text('many'), '');
  assert.equal(fields.text('absent'), '');
});
