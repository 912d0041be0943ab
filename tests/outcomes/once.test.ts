import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import sharp from 'sharp';
import { Constellation, onEachWorld } from '#tests/constellation/constellation.ts';

onEachWorld('a request with an Idempotency-Key', (options) => {
  it('makes one post, asked at once and after a restart, scheduled and with a picture too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plaza-once-'));
    after(() => rm(folder, { recursive: true, force: true }));
    let plaza = await Constellation.start({ ...options, folder });
    const { id, api } = await plaza.person('once');
    const form = new FormData();
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'a.png');
    const { body: media } = await api.post('/api/v2/media', form);
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const requests: Record<string, object> = {
      words: { status: 'only once' },
      picture: { status: 'look', media_ids: [media.id] },
      later: { status: 'in an hour', scheduled_at },
      poll: { status: 'well?', poll: { options: ['yes', 'no'], expires_in: 3_600 } },
    };
    const ask = async (token: string, key: string) => {
      const answer = await plaza.api
        .withToken(token)
        .post('/api/v1/statuses', requests[key]!, { 'idempotency-key': key });
      assert.equal(answer.status, 200, answer.text);
      return answer.body.id as string;
    };
    const made = new Map<string, string>();
    for (const key of Object.keys(requests)) {
      const ids = await Promise.all(Array.from({ length: 6 }, () => ask(api.token!, key)));
      assert.equal(new Set(ids).size, 1, key);
      made.set(key, ids[0]!);
    }
    await plaza.plaza.drain();
    await plaza.stop();

    plaza = await Constellation.start({ ...options, folder });
    for (const [key, known] of made) assert.equal(await ask(api.token!, key), known, key);
    await plaza.plaza.drain();
    const again = plaza.api.withToken(api.token!);
    const { body: statuses } = await again.get(`/api/v1/accounts/${id}/statuses`);
    const wanted = [made.get('poll'), made.get('picture'), made.get('words')];
    assert.deepEqual(
      statuses.map((status: { id: string }) => status.id),
      wanted,
    );
    assert.equal(statuses[1].media_attachments[0].id, media.id);
    assert.equal((await again.get('/api/v1/scheduled_statuses')).body.length, 1);
    assert.equal((await again.get('/api/v1/accounts/verify_credentials')).body.statuses_count, 3);
    assert.equal((await again.get('/api/v2/instance')).status, 200);
    await plaza.stop();
  });
});
