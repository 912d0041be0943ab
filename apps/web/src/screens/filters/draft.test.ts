import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Filter } from '../../api/types.ts';
import { changeOf, draftOf, faultsOf } from './draft.ts';

const filter: Filter = {
  id: '9',
  title: 'Games',
  context: ['home'],
  expires_at: '2026-06-01T00:00:00.000Z',
  filter_action: 'hide',
  keywords: [
    { id: '1', keyword: 'chess', whole_word: true },
    { id: '2', keyword: 'go', whole_word: false },
  ],
  statuses: [],
};
const key = () => 'new';

test('a filter that is not changed is sent as it is, its end untouched', () => {
  assert.deepEqual(changeOf(draftOf(filter, key), filter), {
    title: 'Games',
    context: ['home'],
    filter_action: 'hide',
    keywords_attributes: [
      { id: '1', keyword: 'chess', whole_word: true, _destroy: false },
      { id: '2', keyword: 'go', whole_word: false, _destroy: false },
    ],
  });
});

test('words that are emptied or taken away are removed, new ones are added', () => {
  const draft = draftOf(filter, key);
  const words = [
    { ...draft.words[0]!, text: ' ' },
    { key: 'k', text: ' bridge ', whole: true },
  ];
  assert.deepEqual(changeOf({ ...draft, words, expires: null }, filter), {
    title: 'Games',
    context: ['home'],
    filter_action: 'hide',
    expires_in: 0,
    keywords_attributes: [
      { keyword: 'bridge', whole_word: true, _destroy: false },
      { id: '1', _destroy: true },
      { id: '2', _destroy: true },
    ],
  });
});

test('what is missing is named', () => {
  assert.deepEqual(faultsOf({ ...draftOf(undefined, key), context: [] }, undefined), ['title', 'words', 'context']);
  const byPosts = { ...filter, keywords: [], statuses: [{ id: '1', status_id: '2' }] };
  assert.deepEqual(faultsOf(draftOf(byPosts, key), byPosts), []);
});
