import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Draft, type DraftMedia, emptyDraft } from './draft.ts';
import { problemsOf } from './problems.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const LIMITS = { characters: 10, optionCharacters: 5, aheadMs: 300_000 };
const base = { ...emptyDraft({ visibility: 'public', sensitive: false, language: 'en' }), text: 'hello' };
const file = { id: '1', state: 'ready' } as DraftMedia;
const pollOf = (...options: string[]) => ({ poll: { options, seconds: 300, multiple: false } });

const CASES: readonly (readonly [what: string, change: Partial<Draft>, problems: Record<string, string>])[] = [
  ['a word', {}, {}],
  ['nothing', { text: ' ' }, { text: 'blank' }],
  ['a picture alone', { text: '', media: [file] }, {}],
  ['a warning alone', { text: '', warned: true, warning: 'hm' }, {}],
  ['a warning that is switched off', { text: '', warning: 'hm' }, { text: 'blank' }],
  ['text and warning together too long', { warned: true, warning: 'careful' }, { text: 'tooLong' }],
  ['an upload under way', { media: [{ ...file, state: 'uploading' }] }, { media: 'uploading' }],
  ['an upload that failed', { media: [file, { ...file, state: 'failed' }] }, { media: 'uploadFailed' }],
  ['one option', pollOf('a', ' '), { poll: 'fewOptions' }],
  ['an option twice', pollOf('a', 'a '), { poll: 'sameOptions' }],
  ['a long option', pollOf('a', 'bbbbbb'), { poll: 'longOption' }],
  ['a good poll', pollOf('a', '👩‍👩‍👦👩‍👩‍👦👩‍👩‍👦', ''), {}],
  ['a time too soon', { scheduledAt: '2026-01-01T12:01:00Z' }, { scheduledAt: 'tooSoon' }],
  ['no time', { scheduledAt: 'never' }, { scheduledAt: 'tooSoon' }],
  ['a time', { scheduledAt: '2026-01-01T12:06:00Z' }, {}],
];

for (const [what, change, problems] of CASES) {
  test(`${what}: ${Object.values(problems).join() || 'can be posted'}`, () => {
    const found = Object.entries(problemsOf({ ...base, ...change }, LIMITS, NOW));
    assert.deepEqual(Object.fromEntries(found.map(([field, key]) => [field, key.split('.').at(-1)])), problems);
  });
}
