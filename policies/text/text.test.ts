import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countCharacters } from './count.ts';
import { entitiesOf, isTagName, tagName } from './entities.ts';

/** Entities in short: `@name`, `@name@host`, `#tag`, `<address>`. */
function found(text: string): string[] {
  return entitiesOf(text).map((entity) => {
    if (entity.kind === 'link') return `<${entity.url}>`;
    if (entity.kind === 'tag') return `#${entity.name}`;
    return `@${entity.username}${entity.host === null ? '' : `@${entity.host}`}`;
  });
}

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['nothing here', []],
  ['@ada', ['@ada']],
  ['hello @ada, @Bob_2!', ['@ada', '@Bob_2']],
  ['(@ada) "@bob" @eve.', ['@ada', '@bob', '@eve']],
  ['@ada@Plaza.Example and @ada@host:3000', ['@ada@plaza.example', '@ada@host:3000']],
  ['mail ada@plaza.example', []],
  ['a/@ada =@ada @@ada', []],
  ['@ada@', []],
  [`@${'a'.repeat(31)}`, []],
  ['#One #two_3 #日本語 #Straße', ['#one', '#two_3', '#日本語', '#straße']],
  ['＃全角', ['#全角']],
  ['#123 #1st #_ #', ['#1st']],
  ['a#b &#39; /#c )#d', []],
  ['#tag, #tag. (#tag)', ['#tag', '#tag', '#tag']],
  ['#one#two', ['#one']],
  ['#e\u0301tude', ['#étude']],
  ['#col·lecció #end·', ['#col·lecció', '#end']],
  ['https://plaza.example/@ada#part', ['<https://plaza.example/@ada#part>']],
  ['see https://plaza.example/a, or HTTP://x.example.', ['<https://plaza.example/a>', '<HTTP://x.example>']],
  ['https://plaza.example/@ada @ada', ['<https://plaza.example/@ada>', '@ada']],
  ['readme.md www.plaza.example ftp://plaza.example javascript://x', []],
  ['<https://plaza.example>', ['<https://plaza.example>']],
];

for (const [text, wanted] of CASES) {
  test(`finds ${wanted.length === 0 ? 'nothing' : wanted.join(' ')} in ${JSON.stringify(text).slice(0, 60)}`, () => {
    assert.deepEqual(found(text), wanted);
    for (const { start, end } of entitiesOf(text)) assert.ok(start < end && end <= text.length);
  });
}

const COUNTS: readonly (readonly [string, number])[] = [
  ['', 0],
  ['abc', 3],
  ['a\r\nb', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['👨‍👩‍👧‍👦🇩🇪', 2],
  ['日本語', 3],
  ['👨🏻‍❤️‍💋‍👨🏿🏴󠁧󠁢󠁥󠁮󠁧󠁿', 2],
  [`e${'\u0301'.repeat(15)}`, 1],
  [`e${'\u0301'.repeat(16_000)}`, 1_001],
  [`https://plaza.example/${'a'.repeat(200)}`, 23],
  ['http://a.example b', 25],
  ['@ada@plaza.example hi', 7],
  ['@ada hi #tag', 12],
  [`${'x'.repeat(10)} https://a.example ${'é'.repeat(10)}`, 45],
];

for (const [text, wanted] of COUNTS) {
  test(`counts ${wanted} characters in ${JSON.stringify(text).slice(0, 60)}`, () => {
    assert.equal(countCharacters(text, entitiesOf(text)), wanted);
  });
}

test('names of hashtags are one for all ways of writing them', () => {
  assert.equal(tagName('#PlaZa'), 'plaza');
  assert.equal(tagName('e\u0301'), '\u00e9');
  for (const name of ['plaza', 'a_1', '日本']) assert.ok(isTagName(name));
  for (const name of ['', '12', 'a b', '#a', 'a-b', 'a'.repeat(101), 'end·']) assert.ok(!isTagName(name), name);
});

test('hostile texts take time in proportion to their length', () => {
  // Each of these would take minutes if an expression went back and forth over it.
  for (const piece of ['@', '@a', '@a@', '@a@a.', '#', '#a', '#·', 'https://', 'http://a.', '(@a', '🇩']) {
    entitiesOf(piece.repeat(20_000));
  }
});
