import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Filter, FilterContext } from '#contracts/services/feed.ts';
import { compileFilters, type FilteredContent, matchFilters } from './match.ts';

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

function content(text: string, rest: Partial<FilteredContent> = {}): FilteredContent {
  return { id: '7', text, contentWarning: '', descriptions: [], pollOptions: [], ...rest };
}

function found(keyword: string, text: string, wholeWord: boolean): boolean {
  return matchFilters([filter({ words: [keyword], wholeWord })], content(text), 'home', NOW_MS).length > 0;
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

  it('looks at the warning, the descriptions and the poll, and not across them', () => {
    const filters = [filter({ words: ['spoiler'] })];
    const match = (rest: Partial<FilteredContent>) => matchFilters(filters, content('', rest), 'home', NOW_MS).length;
    assert.equal(match({ contentWarning: 'Spoiler ahead' }), 1);
    assert.equal(match({ descriptions: ['a cat', 'a spoiler'] }), 1);
    assert.equal(match({ pollOptions: ['no', 'spoiler'] }), 1);
    assert.equal(match({ contentWarning: 'spoi', descriptions: ['ler'] }), 0);
    const joined = [filter({ words: ['one two'], wholeWord: false })];
    assert.equal(matchFilters(joined, content('two', { contentWarning: 'one' }), 'home', NOW_MS).length, 0);
  });

  it('acts in its contexts until it expires', () => {
    const filters = compileFilters([filter({ words: ['cat'], contexts: ['home', 'thread'], expiresMs: NOW_MS + 10 })]);
    const acts = (context: FilterContext, nowMs: number) => filters.match(content('cat'), context, nowMs).length === 1;
    assert.ok(acts('home', NOW_MS) && acts('thread', NOW_MS));
    assert.ok(!acts('public', NOW_MS) && !acts('notifications', NOW_MS) && !acts('account', NOW_MS));
    assert.ok(!acts('home', NOW_MS + 10));
    assert.ok(
      filters.actsIn('home', NOW_MS) && !filters.actsIn('home', NOW_MS + 10) && !filters.actsIn('public', NOW_MS),
    );
  });

  it('tells which keywords were found, as they were written, and which post', () => {
    const one = filter({ id: '1', words: ['Cat', 'dog', 'SAT'] });
    const two = filter({ id: '2', postIds: ['7', '8'], action: 'hide' });
    const three = filter({ id: '3', words: ['bird'] });
    const results = matchFilters([one, two, three], content('the cat sat'), 'home', NOW_MS);
    assert.deepEqual(results, [
      { filter: one, keywords: ['Cat', 'SAT'], postMatches: false },
      { filter: two, keywords: [], postMatches: true },
    ]);
  });

  it('takes hostile words and long texts in proportion to their length', () => {
    const words = Array.from({ length: 100 }, (_, n) => `${'a'.repeat(400)}${n}`);
    const filters = compileFilters([filter({ words, wholeWord: true }), filter({ words: ['a'], wholeWord: true })]);
    assert.equal(filters.match(content('a'.repeat(50_000)), 'home', NOW_MS).length, 0);
  });
});
