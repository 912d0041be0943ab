import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Status } from '../api/types.ts';
import { coversMedia, isHiddenByFilter, warningOf } from './filtering.ts';

type Action = 'warn' | 'hide' | 'blur';
const filtered = (filter_action: Action, context: readonly string[], expires_at: string | null = null) =>
  ({
    reblog: null,
    filtered: [{ filter: { id: '1', title: 'Spoilers', context, expires_at, filter_action }, keyword_matches: [] }],
  }) as unknown as Status;
const NOW = Date.parse('2026-05-01T12:00:00Z');

test('a filter does what it says where it is meant to', () => {
  assert.equal(isHiddenByFilter(filtered('hide', ['home']), 'home', NOW), true);
  assert.equal(isHiddenByFilter(filtered('hide', ['home']), 'public', NOW), false);
  assert.equal(isHiddenByFilter(filtered('hide', ['home']), null, NOW), false);
  assert.equal(isHiddenByFilter(filtered('warn', ['home']), 'home', NOW), false);
  assert.equal(warningOf(filtered('warn', ['home']), 'home', NOW), 'Spoilers');
  assert.equal(warningOf(filtered('blur', ['home']), 'home', NOW), undefined);
  assert.equal(coversMedia(filtered('blur', ['home']), 'home', NOW), true);
});

test('a filter that has ended does nothing', () => {
  assert.equal(isHiddenByFilter(filtered('hide', ['home'], '2026-05-01T11:00:00Z'), 'home', NOW), false);
  assert.equal(warningOf(filtered('warn', ['home'], '2026-05-01T13:00:00Z'), 'home', NOW), 'Spoilers');
});

test('a repost is filtered for what it shows', () => {
  const repost = { reblog: filtered('hide', ['public']), filtered: [] } as unknown as Status;
  assert.equal(isHiddenByFilter(repost, 'public', NOW), true);
});
