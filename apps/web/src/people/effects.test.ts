import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Relationship } from '../api/types.ts';
import { afterFollow, afterUnfollow, NO_TIES, standOf } from './effects.ts';

const strangers = {
  following: false,
  requested: false,
  followed_by: false,
  blocking: false,
  blocked_by: false,
} as Relationship;

test('the button says how one stands to somebody', () => {
  assert.equal(standOf(strangers), 'follow');
  assert.equal(standOf({ ...strangers, followed_by: true }), 'follow-back');
  assert.equal(standOf({ ...strangers, following: true, followed_by: true }), 'following');
  assert.equal(standOf({ ...strangers, requested: true, followed_by: true }), 'requested');
  assert.equal(standOf({ ...strangers, blocked_by: true, following: true }), 'blocked');
  assert.equal(standOf({ ...strangers, blocking: true, blocked_by: true }), 'blocking');
});

test('a locked account is asked, an open one is followed', () => {
  assert.equal(standOf({ ...strangers, ...afterFollow({ locked: true }) }), 'requested');
  assert.equal(standOf({ ...strangers, ...afterFollow({ locked: false }) }), 'following');
});

test('an unfollow takes a request back as well, and a block ends both directions', () => {
  const close = { ...strangers, following: true, requested: true, followed_by: true };
  assert.equal(standOf({ ...close, ...afterUnfollow }), 'follow-back');
  assert.equal(standOf({ ...close, ...NO_TIES }), 'follow');
});
