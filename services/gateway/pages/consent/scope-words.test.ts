import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCOPES } from '#policies/permissions/scopes.ts';
import { scopeWords, wordsOf } from './scope-words.ts';

test('every scope has words of its own', () => {
  const words = SCOPES.map((scope) => wordsOf(scope).text);
  assert.equal(new Set(words).size, SCOPES.length);
  for (const text of words) assert.doesNotMatch(text, /[:_]\w|undefined/, text);
});

test('what a broad scope covers is not told twice', () => {
  assert.deepEqual(scopeWords(['read', 'read:statuses', 'profile']), [wordsOf('read')]);
  assert.deepEqual(scopeWords(['follow', 'read:blocks', 'write:statuses']), [
    wordsOf('follow'),
    wordsOf('write:statuses'),
  ]);
});

test('what lets an app act as a moderator stands first and is set apart', () => {
  const words = scopeWords(['read', 'admin:write', 'push', 'admin:read:reports']);
  assert.deepEqual(
    words.map(({ grave }) => grave === true),
    [true, true, false, false],
  );
});
