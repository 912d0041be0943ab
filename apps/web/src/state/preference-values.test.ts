import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePreferences } from './preference-values.ts';

const UNCHOSEN = { theme: 'system', textSize: 'medium', motion: 'system', language: 'system', shortcuts: true };

test('what nobody chose, or what means nothing, is as the client begins', () => {
  for (const text of ['', 'null', '[]', '7', '{"theme":"pink","shortcuts":"no"}', '{']) {
    assert.deepEqual(parsePreferences(text), UNCHOSEN, text);
  }
});

test('what was chosen is kept', () => {
  const chosen = { theme: 'dark', textSize: 'huge', motion: 'reduced', language: 'de', shortcuts: false };
  assert.deepEqual(parsePreferences(JSON.stringify({ ...chosen, other: 1 })), chosen);
});
