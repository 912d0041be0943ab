import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { refusalOf } from './refusals.ts';

const details = {
  password: [{ error: 'ERR_TOO_SHORT', description: 'Password is too short' }],
  username: [{ error: 'ERR_TAKEN', description: 'Username is taken' }],
};

test('errors stand beside their fields, in the order of the form', () => {
  const { errors, notice, status } = refusalOf(new PlazaError('validation_failed', 'no', { details }), [
    'username',
    'password',
  ]);
  assert.deepEqual(Object.entries(errors), [
    ['username', ['Username is taken.']],
    ['password', ['Password is too short.']],
  ]);
  assert.deepEqual([notice, status], [null, 422]);
});

test('an error of no field of the form is told above it', () => {
  const { errors, notice } = refusalOf(new PlazaError('validation_failed', 'no', { details }), ['username']);
  assert.deepEqual(Object.keys(errors), ['username']);
  assert.equal(notice?.text, 'Password is too short.');
});

test('a refusal without fields is told in words, and a fault of ours is none', () => {
  assert.equal(
    refusalOf(new PlazaError('forbidden', 'Signing up is closed'), []).notice?.text,
    'Signing up is closed.',
  );
  assert.match(refusalOf(new PlazaError('rate_limited', 'x'), []).notice?.text ?? '', /too often/);
  assert.throws(() => refusalOf(new PlazaError('internal', 'secret'), []), /secret/);
  assert.throws(() => refusalOf(new TypeError('bug'), []), /bug/);
});
