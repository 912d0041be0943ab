import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedText } from './shared-text.ts';

const CASES: readonly (readonly [query: string, text: string])[] = [
  ['', ''],
  ['text=hello', 'hello'],
  ['title=A&text=B&url=https://x.example', 'A\nB\nhttps://x.example'],
  ['title=A&text=A%20page', 'A page'],
  ['text=%20&url=https://x.example', 'https://x.example'],
];

for (const [query, text] of CASES) {
  test(`?${query} is shared as ${JSON.stringify(text)}`, () => {
    assert.equal(sharedText(new URLSearchParams(query)), text);
  });
}
