import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Filter } from '#contracts/services/feed.ts';
import { compileFilters, searchText } from './match.ts';

const NOW_MS = Date.UTC(2026, 0, 1);

function filter(fields: Partial<Filter> & { words?: string[]; wholeWord?: boolean; postIds?: string[] }): Filter {
  const { words = [], wholeWord = true, postIds = [], ...rest } = fields;
  return {
    id: '1',
    title: 'Test',
    contexts: ['home'],
    expiresMs: null,
    action: 'warn',
    keywords: words.map((keyword, i) => ({ id: `${i + 1}`, keyword, wholeWord })),
    posts: postIds.map((postId, i) => ({ id: `${i + 1}`, postId })),
    ...rest,
  };
}

function found(keyword: string, text: string, wholeWord: boolean): boolean {
  return compileFilters([filter({ words: [keyword], wholeWord })]).match(searchText([text]), ['7'], NOW_MS).length > 0;
}

describe('filters', () => {
  const WORDS: [keyword: string, text: string, asWord: boolean, asPart: boolean][] = [
    ['cat', 'a cat sat', true, true],
    ['cat', 'Cat!', true, true],
    ['CAT', 'cats', false, true],
    ['cat', 'concatenate', false, true],
    ['cat', 'concatenate the cat', true, true],
    ['cat', 'snake_cat', false, true],
    ['cat', 'cat2', false, true],
    ['cat', 'dog', false, false],
    ['cat', '#cat', true, true],
    ['#cat', '#cat', true, true],
    ['#cat', 'hash#cat', true, true],
    ['#cat', '#cats', false, true],
    [':)', 'fine:)really', true, true],
    ['c++', 'c++ and more', true, true],
    ['c++', 'c++11', true, true],
    ['two words', 'in two words said', true, true],
    ['two words', 'two  words', false, false],
    ['straße', 'Die STRASSE', false, false],
    ['straße', 'Die Straße.', true, true],
    ['é', 'cafe\u0301', false, true],
    ['café', 'Cafe\u0301 Central', true, true],
    ['кот', 'Кот спит', true, true],
    ['кот', 'который', false, true],
    ['猫', '黒猫が', false, true],
    ['猫', '「猫」', true, true],
    ['𝒜', 'x a y', true, true],
    ['𐐨', 'x𐐨', false, true],
    ['.*', 'anything', false, false],
    ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!', false, false],
    ['', 'anything', false, false],
    ['   ', 'any   thing', false, false],
    ['fullwidth', 'ｆｕｌｌｗｉｄｔｈ', true, true],
  ];
  for (const [keyword, text, asWord, asPart] of WORDS) {
    it(`"${keyword}" in "${text}"`, () => {
      assert.equal(found(keyword, text, true), asWord, 'as a whole word');
      assert.equal(found(keyword, text, false), asPart, 'as a part');
    });
  }

  it('looks at every part, and not across them', () => {
    const spoiler = compileFilters([filter({ words: ['spoiler'] })]);
    const count = (...parts: string[]) => spoiler.match(searchText(parts), ['7'], NOW_MS).length;
    assert.equal(count('Spoiler ahead', ''), 1);
    assert.equal(count('', 'a cat', 'a spoiler'), 1);
    assert.equal(count('spoi', 'ler'), 0);
    assert.equal(count(searchText(['Ａ', 'SPOILER']), 'poll'), 1, 'a part may be ready already');
    const joined = compileFilters([filter({ words: ['one two'], wholeWord: false })]);
    assert.equal(joined.match(searchText(['one', 'two']), ['7'], NOW_MS).length, 0);
  });

  it('holds until it expires, in whatever context', () => {
    const filters = compileFilters([filter({ words: ['cat'], contexts: ['thread'], expiresMs: NOW_MS + 10 })]);
    assert.equal(filters.match('cat', ['7'], NOW_MS).length, 1);
    assert.equal(filters.match('cat', ['7'], NOW_MS + 10).length, 0);
    assert.ok(filters.holdAt(NOW_MS) && !filters.holdAt(NOW_MS + 10));
    assert.ok(!compileFilters([]).holdAt(NOW_MS));
  });

  it('tells which keywords were found, as they were written, and which posts', () => {
    const one = filter({ id: '1', words: ['Cat', 'dog', 'SAT'] });
    const two = filter({ id: '2', postIds: ['7', '8'], action: 'hide' });
    const three = filter({ id: '3', words: ['bird'] });
    assert.deepEqual(compileFilters([one, two, three]).match('the cat sat', ['9', '7'], NOW_MS), [
      { filter: one, keywords: ['Cat', 'SAT'], postIds: [] },
      { filter: two, keywords: [], postIds: ['7'] },
    ]);
  });

  it('takes hostile words and long texts in proportion to their length', () => {
    const words = Array.from({ length: 100 }, (_, n) => `${'a'.repeat(400)}${n}`);
    const filters = compileFilters([filter({ words, wholeWord: true }), filter({ words: ['a'], wholeWord: true })]);
    assert.equal(filters.match('a'.repeat(50_000), ['7'], NOW_MS).length, 0);
  });
});
