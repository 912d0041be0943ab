import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthorFacts } from '#contracts/model/account.ts';
import type { PostHead } from '#contracts/model/post.ts';
import { authorsOf, showPost, showPosts, targetsOf } from './show.ts';
import { mayListPost } from './visibility.ts';

const reader = { id: '1' };

function factsOf(id: string, changes: Partial<AuthorFacts> = {}): [string, AuthorFacts] {
  const none = {
    following: false,
    showingReposts: false,
    languages: [],
    blocking: false,
    blockedBy: false,
    muting: false,
  };
  return [id, { id, state: 'active', ...none, ...changes }];
}

function head(id: string, authorId: string, changes: Partial<PostHead> = {}): PostHead {
  return {
    id,
    authorId,
    kind: 'post',
    visibility: 'public',
    state: 'live',
    version: 1,
    createdMs: 0,
    replyToId: null,
    replyToAuthorId: null,
    repostOfId: null,
    repostOfAuthorId: null,
    threadId: id,
    language: null,
    mentionedIds: [],
    ...changes,
  };
}

const repost = (id: string, authorId: string, of: PostHead) =>
  head(id, authorId, { kind: 'repost', repostOfId: of.id, repostOfAuthorId: of.authorId });

test('authors and targets are named once each', () => {
  const original = head('10', '2');
  const heads = [original, undefined, repost('11', '3', original), repost('12', '2', original)];
  assert.deepEqual(authorsOf(heads), ['2', '3']);
  assert.deepEqual(targetsOf(heads), ['10']);
});

test('a repost is shown with its target or not at all', () => {
  const original = head('10', '2');
  const shared = repost('11', '3', original);
  const friendly = new Map([factsOf('2'), factsOf('3')]);
  assert.deepEqual(showPost(reader, shared, original, friendly), { head: shared, target: original });
  assert.equal(showPost(reader, shared, undefined, friendly), undefined);
  assert.equal(showPost(reader, shared, { ...original, state: 'deleted' }, friendly), undefined);
  assert.equal(showPost(reader, shared, { ...original, visibility: 'followers' }, friendly), undefined);
  assert.equal(
    showPost(reader, shared, original, new Map([factsOf('2', { blockedBy: true }), factsOf('3')])),
    undefined,
  );
  assert.equal(
    showPost(reader, shared, original, new Map([factsOf('2'), factsOf('3', { blocking: true })])),
    undefined,
  );
  assert.equal(
    showPost(reader, shared, original, new Map([factsOf('2', { state: 'suspended' }), factsOf('3')])),
    undefined,
  );
});

test('an author of whom nothing is known counts as deleted', () => {
  const original = head('10', '2');
  assert.equal(showPost(reader, original, undefined, new Map()), undefined);
  assert.equal(showPost(reader, repost('11', '3', original), original, new Map([factsOf('3')])), undefined);
});

test('many posts keep their order, and mutes count where the rule says so, for targets too', () => {
  const [first, second] = [head('10', '2'), head('12', '3')];
  const shared = repost('11', '3', first);
  const heads = [second, shared, first];
  const targets = new Map([[first.id, first]]);
  const facts = new Map([factsOf('2', { muting: true }), factsOf('3')]);
  assert.deepEqual(
    showPosts(reader, heads, targets, facts).map((shown) => shown.head.id),
    ['12', '11', '10'],
  );
  assert.deepEqual(
    showPosts(reader, heads, targets, facts, mayListPost).map((shown) => shown.head.id),
    ['12'],
  );
});
