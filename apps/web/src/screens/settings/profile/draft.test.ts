import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CredentialAccount } from '../../../api/types.ts';
import { changesOf, differs, draftOf, formOf } from './draft.ts';

const account = {
  display_name: 'Ada',
  bot: false,
  avatar_description: 'A bird',
  header_description: '',
  source: { note: 'Hello', fields: [{ name: 'Town', value: 'Bern', verified_at: null }] },
} as unknown as CredentialAccount;

test('an untouched form has nothing to save; any change is one', () => {
  const draft = draftOf(account);
  assert.equal(differs(draft, account), false);
  assert.equal(differs({ ...draft, bio: 'Hello!' }, account), true);
  assert.equal(differs({ ...draft, avatar: 'none' }, account), true);
  assert.equal(differs({ ...draft, header: new Blob(['x']) }, account), true);
});

test('of a changed form only what was changed is kept', () => {
  const draft = draftOf(account);
  assert.deepEqual(changesOf({ ...draft, bio: 'Hello!' }, account), { bio: 'Hello!' });
  const fields = [{ name: 'Town', value: 'Basel' }, ...draft.fields.slice(1)];
  assert.deepEqual(changesOf({ ...draft, fields }, account), { fields });
  assert.deepEqual(changesOf({ ...draft, avatar: 'none' }, account), { avatar: 'none' });
});

test('fields that were emptied are sent empty, so that they go', () => {
  const form = formOf({ ...draftOf(account), fields: [{ name: '', value: '' }] });
  assert.equal(form.get('fields_attributes[0][name]'), '');
  assert.equal(form.get('note'), 'Hello');
});

test('a picture goes as a file; one that is removed is sent empty and without a description', () => {
  const form = formOf({ ...draftOf(account), avatar: 'none', header: new Blob(['x'], { type: 'image/webp' }) });
  assert.equal(form.get('avatar'), '');
  assert.equal(form.has('avatar_description'), false);
  assert.ok(form.get('header') instanceof Blob);
  assert.equal(form.get('header_description'), '');
});
