import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AccountState, AuthorFacts } from '#contracts/model/account.ts';
import type { PostHead, Visibility } from '#contracts/model/post.ts';
import { isOpen, mayListPost, maySeeAccount, maySeePost, type Viewer } from './visibility.ts';

const AUTHOR = '11';
const READER = '22';
const reader: Viewer = { id: READER };
const author: Viewer = { id: AUTHOR };

function facts(changes: Partial<AuthorFacts> = {}): AuthorFacts {
  return {
    id: AUTHOR,
    state: 'active',
    following: false,
    showingReposts: false,
    languages: [],
    blocking: false,
    blockedBy: false,
    muting: false,
    ...changes,
  };
}

function post(changes: Partial<PostHead> = {}): PostHead {
  return {
    id: '33',
    authorId: AUTHOR,
    kind: 'post',
    visibility: 'public',
    state: 'live',
    version: 1,
    createdMs: 0,
    replyToId: null,
    replyToAuthorId: null,
    repostOfId: null,
    repostOfAuthorId: null,
    threadId: '33',
    language: null,
    mentionedIds: [],
    ...changes,
  };
}

describe('accounts', () => {
  const table: [AccountState, anybody: boolean, owner: boolean][] = [
    ['active', true, true],
    ['pending', false, true],
    ['deactivated', false, true],
    ['suspended', false, true],
    ['deleted', false, false],
  ];
  for (const [state, anybody, owner] of table) {
    test(`${state}: anybody ${anybody}, the owner ${owner}`, () => {
      assert.equal(maySeeAccount(null, facts({ state })), anybody);
      assert.equal(maySeeAccount(reader, facts({ state })), anybody);
      assert.equal(maySeeAccount(reader, facts({ state, following: true })), anybody);
      assert.equal(maySeeAccount(author, facts({ state })), owner);
    });
  }

  test('a block does not hide that an account exists', () => {
    assert.equal(maySeeAccount(reader, facts({ blockedBy: true })), true);
    assert.equal(maySeeAccount(reader, facts({ blocking: true })), true);
  });
});

describe('posts', () => {
  /** Who may see a live post of an active author, by what the reader is to the author. */
  const table: [string, Partial<AuthorFacts>, Partial<PostHead>, Record<Visibility, boolean>][] = [
    ['a stranger', {}, {}, { public: true, unlisted: true, followers: false }],
    ['a follower', { following: true }, {}, { public: true, unlisted: true, followers: true }],
    ['who is mentioned', {}, { mentionedIds: ['9', READER] }, { public: true, unlisted: true, followers: true }],
    ['where others are mentioned', {}, { mentionedIds: ['9'] }, { public: true, unlisted: true, followers: false }],
    ['who mutes', { muting: true }, {}, { public: true, unlisted: true, followers: false }],
    ['a follower who mutes', { following: true, muting: true }, {}, { public: true, unlisted: true, followers: true }],
    ['who blocks', { blocking: true }, {}, { public: false, unlisted: false, followers: false }],
    ['who is blocked', { blockedBy: true }, {}, { public: false, unlisted: false, followers: false }],
    [
      'who is blocked and mentioned',
      { blockedBy: true },
      { mentionedIds: [READER] },
      { public: false, unlisted: false, followers: false },
    ],
    [
      'who is blocked and follows still',
      { blockedBy: true, following: true },
      {},
      { public: false, unlisted: false, followers: false },
    ],
  ];
  for (const [who, relation, change, expected] of table) {
    for (const [visibility, may] of Object.entries(expected) as [Visibility, boolean][]) {
      test(`${who}, ${visibility}: ${may}`, () => {
        assert.equal(maySeePost(reader, post({ ...change, visibility }), facts(relation)), may);
        const listed = may && relation.muting !== true;
        assert.equal(mayListPost(reader, post({ ...change, visibility }), facts(relation)), listed);
      });
    }
  }

  test('without an account, what is public or unlisted', () => {
    assert.equal(maySeePost(null, post(), facts()), true);
    assert.equal(maySeePost(null, post({ visibility: 'unlisted' }), facts()), true);
    assert.equal(maySeePost(null, post({ visibility: 'followers' }), facts()), false);
  });

  test('what moderation hides is for its author alone, and what is deleted for nobody', () => {
    for (const viewer of [null, reader]) {
      assert.equal(maySeePost(viewer, post({ state: 'hidden' }), facts({ following: true })), false);
      assert.equal(maySeePost(viewer, post({ state: 'deleted' }), facts({ following: true })), false);
    }
    assert.equal(maySeePost(author, post({ state: 'hidden' }), facts()), true);
    assert.equal(maySeePost(author, post({ state: 'deleted' }), facts()), false);
  });

  test('an author sees their own until the account is deleted; nobody else sees anything of one who is not active', () => {
    for (const state of ['pending', 'deactivated', 'suspended', 'deleted'] as const) {
      const about = facts({ state, following: true });
      assert.equal(maySeePost(author, post({ visibility: 'followers' }), about), state !== 'deleted');
      assert.equal(maySeePost(reader, post(), about), false);
      assert.equal(maySeePost(null, post(), about), false);
      assert.equal(isOpen(post(), about), false);
    }
  });
});

/** Every combination, for what must hold in all of them. */
function* everything(): Generator<{ head: PostHead; about: AuthorFacts }> {
  const flags = [false, true];
  for (const state of ['active', 'pending', 'deactivated', 'suspended', 'deleted'] as const)
    for (const postState of ['live', 'hidden', 'deleted'] as const)
      for (const visibility of ['public', 'unlisted', 'followers'] as const)
        for (const mentioned of flags)
          for (const following of flags)
            for (const blocking of flags)
              for (const blockedBy of flags)
                for (const muting of flags) {
                  yield {
                    head: post({ state: postState, visibility, mentionedIds: mentioned ? [READER] : [] }),
                    about: facts({ state, following, blocking, blockedBy, muting }),
                  };
                }
}

describe('in every combination', () => {
  const says = ({ head, about }: { head: PostHead; about: AuthorFacts }) => JSON.stringify([head, about]);

  test('what is open is what anybody may see without an account', () => {
    for (const it of everything()) {
      const { head, about } = it;
      const alone = facts({ state: about.state });
      assert.equal(isOpen(head, about), maySeePost(null, head, alone), says(it));
    }
  });

  test('a timeline never shows more than may be opened, and less only by a mute', () => {
    for (const it of everything()) {
      for (const viewer of [null, reader, author]) {
        const opened = maySeePost(viewer, it.head, it.about);
        assert.equal(mayListPost(viewer, it.head, it.about), opened && !it.about.muting, says(it));
      }
    }
  });

  test('a block, a hidden or deleted post, and an author who is not active hide everything from others', () => {
    for (const it of everything()) {
      const { head, about } = it;
      const hidden = about.blocking || about.blockedBy || head.state !== 'live' || about.state !== 'active';
      if (hidden) assert.equal(maySeePost(reader, head, about), false, says(it));
    }
  });

  test('narrowing a post, ending a follow or a mention never shows more', () => {
    for (const it of everything()) {
      const { head, about } = it;
      const seen = maySeePost(reader, head, about);
      const less = [
        maySeePost(reader, { ...head, visibility: 'followers' }, about),
        maySeePost(reader, head, { ...about, following: false }),
        maySeePost(reader, { ...head, mentionedIds: [] }, about),
        maySeePost(reader, head, { ...about, blockedBy: true }),
      ];
      if (!seen) assert.ok(!less.includes(true), says(it));
    }
  });

  test('the facts of strangers show no more than no account at all', () => {
    for (const { head, about } of everything()) {
      if (head.mentionedIds.length > 0) continue;
      const stranger = facts({ state: about.state });
      assert.equal(maySeePost(reader, head, stranger), maySeePost(null, head, stranger));
    }
  });
});
