import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFailure } from '../api/failure.ts';
import { refusalsOf } from './refusal-keys.ts';

const refused = (details: Readonly<Record<string, string>>) =>
  new ApiFailure(422, {
    details: Object.fromEntries(
      Object.entries(details).map(([field, error]) => [field, [{ error, description: `${field}, says the server` }]]),
    ),
  });

test('a code that means the same everywhere has one text', () => {
  assert.deepEqual(refusalsOf(refused({ title: 'ERR_BLANK', base: 'ERR_LIMIT' })), {
    title: { key: 'refused.blank' },
    base: { key: 'refused.tooMany' },
  });
});

test('the words of a form go before the general ones, at their own field only', () => {
  const own = { 'avatar ERR_TOO_LONG': 'refused.tooLarge' } as const;
  assert.deepEqual(refusalsOf(refused({ avatar: 'ERR_TOO_LONG', note: 'ERR_TOO_LONG' }), own), {
    avatar: { key: 'refused.tooLarge' },
    note: { key: 'refused.tooLong' },
  });
});

test('what means nothing here is said as the server says it', () => {
  assert.deepEqual(refusalsOf(refused({ title: 'ERR_NEW' })), { title: { text: 'title, says the server' } });
  assert.deepEqual(refusalsOf(new ApiFailure(422, { error: 'Refused' })), {});
});
