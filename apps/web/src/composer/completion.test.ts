import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completed, typedNameAt } from './completion.ts';

/** `|` is the caret. */
const CASES: readonly (readonly [text: string, found: string | undefined])[] = [
  ['@ad|', '@ad'],
  ['hello @ad| there', '@ad'],
  ['(#pla|)', '#pla'],
  ['@ada@pla|', '@ada@pla'],
  ['#Straße|', '#Straße'],
  ['@|', undefined],
  ['ada@pla|', undefined],
  ['https://x.example/@ad|', undefined],
  ['#one #|', undefined],
  ['#one@x|', undefined],
  ['@ada |', undefined],
  ['a|@ada', undefined],
];

for (const [marked, found] of CASES) {
  test(`at ${marked} ${found ?? 'nothing'} is typed`, () => {
    const caret = marked.indexOf('|');
    const typed = typedNameAt(marked.replace('|', ''), caret);
    assert.equal(typed && `${typed.kind}${typed.query}`, found);
  });
}

test('the whole name takes the place of its beginning, and the caret stands behind it', () => {
  assert.deepEqual(completed('hi @ad', typedNameAt('hi @ad', 6)!, 'ada'), { text: 'hi @ada ', caret: 8 });
  assert.deepEqual(completed('#p now', typedNameAt('#p now', 2)!, 'plaza'), { text: '#plaza now', caret: 7 });
});
