import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testSeed } from '#tests/seed.ts';
import { cleanLine, cleanText } from './clean.ts';

const CASES: readonly (readonly [what: string, text: string, kept: string])[] = [
  ['plain text', 'hello', 'hello'],
  ['lines and tabs', 'a\r\nb\rc\td', 'a\nb\nc\td'],
  ['space around', '  a \n', 'a'],
  ['controls', 'a\u0000b\u0007c\u001b[31md\u007fe\u0085f\u009bg', 'abc[31mdefg'],
  ['half a surrogate pair', 'a\ud800', 'a\ufffd'],
  ['Hebrew and Arabic', 'שלום Ada مرحبا', 'שלום Ada مرحبا'],
  ['marks of direction and joiners', 'a\u200eb\u200fc\u061cd\u200ce\u200df', 'a\u200eb\u200fc\u061cd\u200ce\u200df'],
  ['an isolate that is closed', '\u2067שלום\u2069 Ada', '\u2067שלום\u2069 Ada'],
  ['an embedding that is closed', 'a \u202bשלום\u202c b', 'a \u202bשלום\u202c b'],
  ['an isolate that is left open', 'Ada \u2067 admin', 'Ada  admin'],
  ['an embedding that is left open', '\u202bAda', 'Ada'],
  ['an override', 'photo\u202egpj.exe', 'photogpj.exe'],
  ['an override that is closed', 'photo\u202egpj\u202c.exe', 'photogpj.exe'],
  ['ends of nothing', 'a\u202cb\u2069c', 'abc'],
  ['an isolate closed on the next line', '\u2067a\nb\u2069', 'a\nb'],
  ['an embedding left open in an isolate', '\u2066a\u202bb\u2069c', '\u2066ab\u2069c'],
  ['the end of an embedding outside of its isolate', '\u202ba\u2066b\u202cc\u2069', 'a\u2066bc\u2069'],
  ['nested', '\u2066a\u2067b\u2069c\u2069', '\u2066a\u2067b\u2069c\u2069'],
];

for (const [what, text, kept] of CASES) {
  test(`${what}: kept as people meant it`, () => assert.equal(cleanText(text), kept));
}

test('names stand on one line', () => {
  assert.equal(cleanLine(' a\n\n b\u2028c\t '), 'a b c');
  assert.equal(cleanLine('\u2067a\nb\u2069'), '\u2067a b\u2069');
});

const PIECES = [
  'a',
  'ש',
  '\n',
  ' ',
  '\u0001',
  '\u202a',
  '\u202b',
  '\u202c',
  '\u202d',
  '\u202e',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
];

const seed = testSeed();

test(`whatever is typed: twice is once, nothing is added, and no line leaves a direction open (SEED=${seed})`, () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const kept = cleanText(text);
      assert.equal(cleanText(kept), kept);
      assert.equal(lettersOf(kept), lettersOf(text));
      for (const line of kept.split('\n')) assert.equal(leftOpen(line), 0);
    }),
    { seed, numRuns: 2_000 },
  );
});

test('hostile texts take time in proportion to their length', () => {
  for (const piece of ['\u2066', '\u2069', '\u202b\u2069', '\u2066\u202b', '\u202e']) cleanText(piece.repeat(50_000));
});

/** Takes pairs away from within until nothing changes: another way to the same answer. */
function leftOpen(line: string): number {
  let marks = line.replace(/[^\u202a-\u202e\u2066-\u2069]/g, '');
  for (let before = ''; before !== marks; ) {
    before = marks;
    marks = marks.replace(/[\u202a\u202b]\u202c|[\u2066-\u2068]\u2069/g, '');
  }
  return marks.length;
}

function lettersOf(text: string): string {
  return text.replace(/[^aש \n]/g, '').trim();
}
