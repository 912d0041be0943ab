import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLong, isOnlyEmoji } from './text-shape.ts';

test('a few emoji alone are recognised, with skin tones, families and flags', () => {
  for (const text of ['🎉', '🎉 🎈', '👍🏽', '👩‍👩‍👧‍👦', '🇩🇪🇫🇷', '❤️', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])
    assert.equal(isOnlyEmoji(`<p>${text}</p>`), true, text);
  for (const text of ['', ' ', '1', '#', 'ok 🎉', '&lt;', '🎉'.repeat(7)])
    assert.equal(isOnlyEmoji(`<p>${text}</p>`), false, text);
});

test('long is what fills many lines, by letters or by breaks; markup counts for nothing', () => {
  assert.equal(isLong(`<p>${'a'.repeat(500)}</p>`), false);
  assert.equal(isLong(`<p>${'a'.repeat(2_000)}</p>`), true);
  assert.equal(isLong(`<p>${'a<br>'.repeat(30)}</p>`), true);
  assert.equal(isLong('<p>a</p>'.repeat(12)), false);
  assert.equal(isLong(`<p>${'<span class="invisible"></span>'.repeat(99)}short</p>`), false);
});
