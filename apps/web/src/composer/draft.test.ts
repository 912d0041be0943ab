import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Status } from '../api/types.ts';
import { editDraft, emptyDraft, isBlank, redraft, replyDraft, untoldMedia } from './draft.ts';
import { editBody, postBody } from './request.ts';

const DEFAULTS = { visibility: 'unlisted', sensitive: false, language: 'en' } as const;
const NOW = Date.parse('2026-01-01T12:00:00Z');

const status = {
  id: '7',
  account: { id: '1', acct: 'ada' },
  mentions: [
    { id: '2', acct: 'bob' },
    { id: '9', acct: 'me' },
    { id: '1', acct: 'ada' },
  ],
  spoiler_text: 'careful',
  visibility: 'private',
  sensitive: true,
  language: 'de',
  in_reply_to_id: '5',
  media_attachments: [{ id: '3', type: 'image', url: '/a', preview_url: '/b', description: 'A cat', meta: {} }],
  poll: { options: [{ title: 'yes' }, { title: 'no' }], multiple: true, expires_at: '2026-01-01T13:00:00Z' },
} as unknown as Status;

test('an answer names all but its author, is as private as what it answers, and carries the warning on', () => {
  const draft = replyDraft(status, DEFAULTS, '9');
  assert.equal(draft.text, '@ada @bob ');
  assert.equal(draft.visibility, 'private');
  assert.equal(draft.warning, 'careful');
  assert.equal(postBody(draft).in_reply_to_id, '7');
  assert.ok(isBlank(draft));
  assert.ok(!isBlank({ ...draft, text: `${draft.text}hello` }));
});

test('an answer is no more public than its author is used to', () => {
  assert.equal(replyDraft({ ...status, visibility: 'public' }, DEFAULTS, '9').visibility, 'unlisted');
});

test('an edit keeps pictures and poll, and tells only what changed of the pictures', () => {
  const draft = editDraft(status, { text: 'typed', spoiler_text: '' }, NOW);
  const { poll, media_ids, media_attributes } = editBody(draft);
  assert.deepEqual(media_ids, ['3']);
  assert.deepEqual(media_attributes, []);
  assert.deepEqual(poll, { options: ['yes', 'no'], expires_in: 3_600, multiple: true, hide_totals: false });
  const described = {
    ...draft,
    media: draft.media.map((one) => ({ ...one, description: 'A dog', focus: { x: 0.5, y: -1 } })),
  };
  assert.deepEqual(editBody(described).media_attributes, [{ id: '3', description: 'A dog', focus: '0.50,-1.00' }]);
});

test('an edit knows that the poll is over; one that is nearly over runs as briefly as it can, and for a day when it is written anew', () => {
  const [nearly, later] = [NOW + 3_500_000, NOW + 3_600_000];
  const source = { text: 'typed', spoiler_text: '' };
  assert.deepEqual(
    [NOW, nearly, later].map((at) => {
      const { over, seconds } = editDraft(status, source, at).poll!;
      return [over, seconds];
    }),
    [
      [false, 3_600],
      [false, 300],
      [true, 86_400],
    ],
  );
  assert.equal(redraft(status, source, later).poll?.seconds, 86_400);
});

test('a post that is written anew is a new post, at the same place of its thread', () => {
  const draft = redraft(status, { text: 'typed', spoiler_text: 'careful' }, NOW);
  assert.equal(draft.editId, null);
  const { status: text, spoiler_text, in_reply_to_id, visibility, language } = postBody(draft);
  assert.deepEqual(
    { text, spoiler_text, in_reply_to_id, visibility, language },
    { text: 'typed', spoiler_text: 'careful', in_reply_to_id: '5', visibility: 'private', language: 'de' },
  );
});

test('a warning that is switched off is not sent, and a time is', () => {
  const draft = { ...emptyDraft(DEFAULTS), text: 'a', warning: 'b', scheduledAt: '2026-01-01T12:30:00Z' };
  assert.equal(postBody(draft).spoiler_text, '');
  assert.equal(postBody(draft).scheduled_at, '2026-01-01T12:30:00.000Z');
  assert.deepEqual(untoldMedia(draft), []);
});
