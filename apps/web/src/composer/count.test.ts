import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LIMITS } from '#policies/limits/limits.ts';
import { checkText } from '#services/post/draft.ts';
import { testSeed } from '#tests/seed.ts';
import { postLength } from './count.ts';

const CASES: readonly (readonly [text: string, warning: string, length: number])[] = [
  ['', '', 0],
  ['abc', '', 3],
  [' abc \n', '', 3],
  ['abc', 'mild', 7],
  ['', 'only a warning', 14],
  [`https://plaza.example/${'a'.repeat(200)}`, '', 23],
  ['@ada@plaza.example hi', '', 7],
  ['👨‍👩‍👧‍👦🇩🇪', '', 2],
  ['a\u202eb', '', 2],
];

for (const [text, warning, length] of CASES) {
  test(`${JSON.stringify([text, warning]).slice(0, 60)} has the length ${length}`, () => {
    assert.equal(postLength(text, warning), length);
  });
}

const seed = testSeed();
const PIECES = [
  'a',
  'ß',
  '👩‍👩‍👦',
  'e\u0301',
  ' ',
  '\r\n',
  '@ada@plaza.example ',
  ' https://plaza.example/x ',
  '#tag ',
  '\u202b',
  '\u0001',
];

test(`what is counted as too long is what the server refuses as too long (SEED=${seed})`, () => {
  const piece = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 300 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(piece, fc.option(piece, { nil: '' }), (text, contentWarning) => {
      assert.equal(postLength(text, contentWarning) > LIMITS.postCharacters, refused(text, contentWarning));
    }),
    { seed, numRuns: 500 },
  );
});

function refused(text: string, contentWarning: string): boolean {
  try {
    // A file is attached, so that nothing is refused for being empty.
    checkText({ text, contentWarning, mediaIds: ['1'], poll: null }, new Set());
    return false;
  } catch (error) {
    assert.match(String(error), /limit/);
    return true;
  }
}
