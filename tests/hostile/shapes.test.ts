import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Constellation, onEachTransport } from '#tests/constellation/constellation.ts';
import { assertRefusal, belongingsOf } from './decent.ts';

const HOUR = 3_600;

onEachTransport('too much, too deep and not one’s own', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  it('posts and polls beyond their limits are refused, and change nothing', async () => {
    const { api, ...person } = await (await started).person('polly');
    const before = await belongingsOf({ api, ...person });
    const options = (count: number, length = 5) => Array.from({ length: count }, (_, n) => `${n}`.padEnd(length, 'x'));
    const poll = (more: object) => ({ status: 'Ask', poll: { options: ['a', 'b'], expires_in: HOUR, ...more } });
    for (const [what, body] of [
      ['nothing to say', {}],
      ['only space', { status: ' \n\u00a0 ' }],
      ['501 characters', { status: 'x'.repeat(501) }],
      ['501 with the warning', { status: 'x'.repeat(400), spoiler_text: 'x'.repeat(101) }],
      ['501 emoji', { status: '👩‍👩‍👧‍👦'.repeat(501) }],
      [
        '51 people',
        {
          status: Array.from({ length: 51 }, (_, n) => `@p${n}`)
            .join(' ')
            .repeat(3),
        },
      ],
      ['an unknown visibility', { status: 'x', visibility: 'secret' }],
      ['a private mention', { status: 'x', visibility: 'direct' }],
      ['a poll of one', poll({ options: ['a'] })],
      ['a poll of five', poll({ options: options(5) })],
      ['a poll of 10,000', poll({ options: options(10_000) })],
      ['a poll of the same', poll({ options: ['a', 'a'] })],
      ['a poll of nothing', poll({ options: ['', ' '] })],
      ['a poll of long options', poll({ options: options(2, 51) })],
      ['a poll that is over at once', poll({ expires_in: 1 })],
      ['a poll for ever', poll({ expires_in: 400_000_000 })],
      ['a poll before the past', poll({ expires_in: -1 })],
      ['a poll until nowhere', poll({ expires_in: 'soon' })],
      ['pictures that are not there', { status: 'x', media_ids: ['1'] }],
      ['five pictures', { status: 'x', media_ids: ['1', '2', '3', '4', '5'] }],
      ['a thousand pictures', { status: 'x', media_ids: options(1_000) }],
      ['yesterday', { status: 'x', scheduled_at: '2001-01-01T00:00:00Z' }],
      ['no time at all', { status: 'x', scheduled_at: 'tomorrow' }],
      ['a year of six digits', { status: 'x', scheduled_at: '+275760-09-13T00:00:00Z' }],
    ] as const) {
      assertRefusal(await api.post('/api/v1/statuses', body), 422, what);
    }
    assertRefusal(
      await api.post('/api/v1/statuses', { status: 'x', in_reply_to_id: '1' }),
      [404, 422],
      'a reply to nothing',
    );
    assertRefusal(
      await api.post('/api/v1/statuses', { status: 'x' }, { 'idempotency-key': 'k'.repeat(5_000) }),
      422,
      'a long key',
    );
    assert.deepEqual(await belongingsOf({ api, ...person }), before);
  });

  it('votes that are none are refused', async () => {
    const plaza = await started;
    const [asker, voter] = await plaza.people('asker', 'voter');
    assert.ok(asker && voter);
    const asked = await asker.api.post('/api/v1/statuses', {
      status: 'Which?',
      poll: { options: ['a', 'b'], expires_in: HOUR },
    });
    const path = `/api/v1/polls/${asked.body.poll.id}`;
    for (const choices of [
      [],
      [2],
      [-1],
      [0, 1],
      [0, 0],
      ['a'],
      [0.5],
      [1e9],
      [null],
      Array.from({ length: 1_000 }, () => 0),
      'all',
      {},
    ]) {
      assertRefusal(await voter.api.post(`${path}/votes`, { choices }), 422, JSON.stringify(choices).slice(0, 40));
    }
    assert.equal((await voter.api.get(path)).body.votes_count, 0);
    assert.equal((await voter.api.post(`${path}/votes`, { choices: [1] })).status, 200);
    assertRefusal(await voter.api.post(`${path}/votes`, { choices: [0] }), 422, 'a second vote');
    assert.equal((await voter.api.get(path)).body.votes_count, 1);
  });

  it('what belongs to others cannot be put into one’s own', async () => {
    const plaza = await started;
    const [owner, thief] = await plaza.people('owner1', 'thief');
    assert.ok(owner && thief);
    const form = new FormData();
    form.set('file', new File([await picture()], 'a.png', { type: 'image/png' }));
    const { body: media } = await owner.api.post('/api/v2/media', form);
    const { body: hidden } = await owner.api.post('/api/v1/statuses', { status: 'Mine alone', visibility: 'private' });
    const { body: mine } = await thief.api.post('/api/v1/statuses', { status: 'Of the thief' });
    const before = await belongingsOf(owner);
    assertRefusal(
      await thief.api.post('/api/v1/statuses', { status: 'Stolen', media_ids: [media.id] }),
      422,
      'a foreign picture',
    );
    assertRefusal(
      await thief.api.put(`/api/v1/statuses/${mine.id}`, { status: 'Stolen', media_ids: [media.id] }),
      422,
      'a foreign picture in an edit',
    );
    const scheduled = { status: 'Stolen', media_ids: [media.id], scheduled_at: '2030-01-01T00:00:00Z' };
    assertRefusal(await thief.api.post('/api/v1/statuses', scheduled), 422, 'a foreign picture in a scheduled post');
    for (const path of ['favourite', 'bookmark', 'reblog', 'pin', 'mute']) {
      assertRefusal(await thief.api.post(`/api/v1/statuses/${hidden.id}/${path}`), 404, `${path} of what is hidden`);
    }
    assertRefusal(
      await thief.api.post('/api/v1/statuses', { status: 'x', in_reply_to_id: hidden.id }),
      404,
      'a reply to what is hidden',
    );
    const { body: filter } = await thief.api.post('/api/v2/filters', { title: 'x', context: ['home'] });
    assertRefusal(
      await thief.api.post(`/api/v2/filters/${filter.id}/statuses`, { status_id: hidden.id }),
      404,
      'a filter of what is hidden',
    );
    const { body: list } = await owner.api.post('/api/v1/lists', { title: 'Mine' });
    assertRefusal(await thief.api.get(`/api/v1/timelines/list/${list.id}`), 404, 'a foreign list');
    assertRefusal(await thief.api.get(`/api/v1/media/${media.id}`), 404, 'a foreign upload');
    const file = new URL(media.url);
    assertRefusal(await thief.api.get(file.pathname), 404, 'the file of a foreign upload');
    assertRefusal(
      await plaza.api.get(`${file.pathname}?viewer=${owner.id}&expires=9999999999&signature=${'A'.repeat(43)}`),
      404,
      'a forged signature',
    );
    const moved = file.search.replace(`viewer=${owner.id}`, `viewer=${thief.id}`);
    assertRefusal(await plaza.api.get(file.pathname + moved), 404, 'a signature for somebody else');
    assert.equal((await plaza.api.get(file.pathname + file.search)).status, 200);
    assert.deepEqual(await belongingsOf(owner), { ...before, '/api/v1/lists': [list] });
  });

  it('deep threads are read to their limits', async () => {
    const plaza = await started;
    const { api } = await plaza.person('digger');
    const ids: string[] = [];
    for (let depth = 0; depth < 120; depth++) {
      const parent = ids.at(-1);
      const reply = { status: `Depth ${depth}`, visibility: 'unlisted', ...(parent ? { in_reply_to_id: parent } : {}) };
      const answer = await api.post('/api/v1/statuses', reply);
      assert.equal(answer.status, 200, answer.text);
      ids.push(answer.body.id);
    }
    await plaza.plaza.drain();
    const last = `/api/v1/statuses/${ids.at(-1)}/context`;
    const first = `/api/v1/statuses/${ids[0]}/context`;
    assert.equal((await api.get(last)).body.ancestors.length, 119);
    assert.equal((await api.get(first)).body.descendants.length, 119);
    assert.equal((await plaza.api.get(last)).body.ancestors.length, 40);
    assert.equal((await plaza.api.get(first)).body.descendants.length, 60);
  });
});

async function picture(): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await import('node:fs/promises');
  return new Uint8Array(await readFile(new URL('../../services/gateway/assets/missing-avatar.png', import.meta.url)));
}
