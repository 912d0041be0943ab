import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testSeed } from '#tests/seed.ts';
import { localPath, pathWith } from './local-path.ts';

const ORIGIN = 'https://plaza.example';

test('a path of ours stays as it is', () => {
  for (const path of ['/', '/sign-in', '/oauth/authorize?a=b%20c&d=%26', '/@ada/1?x#']) {
    assert.equal(localPath(path), path.replace(/#$/, ''));
  }
});

test('whatever is asked for, a browser stays here', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '//',
    '..',
    '.',
    '@',
    ':',
    '\t',
    '\n',
    '%2f',
    '%5c',
    'https:',
    'evil.example',
    '?',
    '#',
    'é',
    '\u2028',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
        fc.webUrl(),
        fc.string(),
      ),
      (next) => {
        const path = localPath(next);
        assert.match(path, /^\/(?![/\\])/);
        assert.match(path, /^[\x21-\x7e]*$/, 'it may stand in a header');
        assert.equal(new URL(path, ORIGIN).origin, ORIGIN);
      },
    ),
    { numRuns: 500, seed: testSeed() },
  );
});

test('what is too long is given up', () => {
  assert.equal(localPath(`/${'x'.repeat(8_000)}`), '/');
});

test('parameters that say nothing are left out', () => {
  assert.equal(pathWith('/sign-in', { next: '/', notice: '' }), '/sign-in');
  assert.equal(pathWith('/sign-in', { next: '/a?b=c', again: '1' }), '/sign-in?next=%2Fa%3Fb%3Dc&again=1');
});
