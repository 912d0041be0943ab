import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { PageClient } from './page-client.ts';

const DRAFTS = '/api/plaza/v1/drafts';

describe('drafts', () => {
  const starting = Constellation.forTests();

  it('are kept for the person at every browser, and for nobody else', async () => {
    const plaza = await starting;
    const signedIn = async (username: string) => {
      const browser = new PageClient(plaza.plaza.address, plaza.plaza.origin);
      const answer = await browser.post('/sign-in', { login: username, password: TEST_PASSWORD });
      assert.equal(answer.status, 303);
      return async (method: string, path: string, body?: object, more: Record<string, string> = {}) => {
        const sent = { ...(body !== undefined && { 'content-type': 'application/json' }), ...more };
        const { status, text } = await browser.api(path, { method, ...(body && { body: JSON.stringify(body) }) }, sent);
        return { status, body: JSON.parse(text) };
      };
    };
    const ada = await plaza.person('drafts_ada');
    const bob = await plaza.person('drafts_bob');
    const [desk, phone, stranger] = [
      await signedIn('drafts_ada'),
      await signedIn('drafts_ada'),
      await signedIn('drafts_bob'),
    ];
    const post = (await bob.api.post('/api/v1/statuses', { status: 'What do you say?' })).body;

    const content = {
      text: 'I say',
      spoiler_text: 'words',
      sensitive: true,
      visibility: 'private',
      language: 'en',
      in_reply_to_id: post.id,
      scheduled_at: '2040-01-02T03:04:05.000Z',
      poll: { options: ['only one yet'], expires_in: 300, multiple: true, hide_totals: false },
    };
    const added = await desk('POST', DRAFTS, { ...content, media_ids: [] });
    assert.equal(added.status, 200, JSON.stringify(added.body));
    const { id, updated_at, ...kept } = added.body;
    assert.ok(Date.parse(updated_at) > 0);
    assert.deepEqual(kept, { ...content, media_attachments: [] });
    assert.deepEqual((await phone('GET', DRAFTS)).body, [added.body]);

    const little = { visibility: 'public', language: null, in_reply_to_id: null, poll: null };
    const changed = await phone('PUT', `${DRAFTS}/${id}`, { ...little, text: 'I say nothing' });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    assert.equal(changed.body.text, 'I say nothing');
    assert.equal(changed.body.poll, null);
    assert.equal(changed.body.in_reply_to_id, null);
    assert.deepEqual((await desk('GET', DRAFTS)).body, [changed.body]);

    for (const [wrong, field] of [
      [{ text: 'x'.repeat(50_001) }, 'text'],
      [{ visibility: 'direct' }, 'visibility'],
      [{ scheduled_at: 'tomorrow' }, 'scheduled_at'],
      [{ media_ids: ['1'] }, 'media_ids'],
      [{ media_ids: ['1', '2', '3', '4', '5'] }, 'media_ids'],
    ] as const) {
      const refused = await desk('POST', DRAFTS, { ...little, ...wrong });
      assert.equal(refused.status, 422, JSON.stringify(wrong).slice(0, 100));
      assert.deepEqual(Object.keys(refused.body.details), [field]);
    }

    const key = { 'idempotency-key': 'the same attempt' };
    const [once, twice] = [
      await desk('POST', DRAFTS, { ...little, text: 'Once' }, key),
      await phone('POST', DRAFTS, { ...little, text: 'Once' }, key),
    ];
    assert.deepEqual([once.status, twice.status, twice.body], [200, 200, once.body]);
    assert.deepEqual((await desk('GET', DRAFTS)).body, [once.body, changed.body]);
    assert.equal((await desk('POST', DRAFTS, little, { 'idempotency-key': 'x'.repeat(201) })).status, 422);
    assert.equal((await desk('DELETE', `${DRAFTS}/${once.body.id}`)).status, 200);

    assert.deepEqual((await stranger('GET', DRAFTS)).body, []);
    assert.equal((await stranger('PUT', `${DRAFTS}/${id}`, { ...little, text: 'Mine' })).status, 404);
    assert.equal((await stranger('DELETE', `${DRAFTS}/${id}`)).status, 404);
    const app = await ada.api.get(DRAFTS);
    assert.equal(app.status, 403);
    assert.equal(app.body.error, 'This is open to the browser client of this place only');
    assert.equal((await plaza.api.get(DRAFTS)).status, 401);

    assert.deepEqual((await desk('GET', DRAFTS)).body, [changed.body]);
    assert.equal((await desk('DELETE', `${DRAFTS}/${id}`)).status, 200);
    assert.equal((await desk('DELETE', `${DRAFTS}/${id}`)).status, 404);
    assert.deepEqual((await phone('GET', DRAFTS)).body, []);
  });
});
