import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticationContract } from '#contracts/services/authentication.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { Constellation, onEachTransport, type Person } from '#tests/constellation/constellation.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

onEachTransport('pictures of open posts in shared caches', (calls) => {
  const starting = Constellation.forTests({ settings: { calls } });

  const posted = async ({ api }: Person) => {
    const form = new FormData();
    form.set('file', new Blob([PNG], { type: 'image/png' }), 'x.png');
    const media = await api.post('/api/v2/media', form);
    const { body } = await api.post('/api/v1/statuses', { status: 'for all', media_ids: [media.body.id] });
    const { url, preview_url } = body.media_attachments[0];
    return { id: body.id as string, addresses: [url, preview_url].map((address) => new URL(address).pathname) };
  };

  /** What a shared cache does when its copy is five minutes old: it asks with the validator that it holds. */
  const revalidate = (api: Person['api'], path: string, etag: string) => api.get(path, { 'if-none-match': etag });

  for (const [what, end] of [
    [
      'deleted',
      async (author: Person, id: string) =>
        assert.equal((await author.api.delete(`/api/v1/statuses/${id}`)).status, 200),
    ],
    [
      'of somebody who was suspended',
      async (author: Person, _id: string, plaza: Constellation) => {
        const authentication = plaza.plaza.services.client(authenticationContract);
        await authentication.suspend({ accountId: author.id }, serviceContext('operator', systemClock));
      },
    ],
  ] as const) {
    test(`are asked for again soon, and are gone when the post is ${what}`, async () => {
      const plaza = await starting;
      const author = await plaza.person(`open_${what.replace(/ .*/, '')}`);
      const { id, addresses } = await posted(author);
      const etags = new Map<string, string>();
      for (const path of addresses) {
        const answer = await plaza.api.get(path);
        assert.equal(answer.status, 200);
        const caching = answer.headers.get('cache-control') ?? '';
        assert.match(caching, /^public\b/);
        assert.ok(Number(/s-maxage=(\d+)/.exec(caching)?.[1]) <= 300, caching);
        assert.doesNotMatch(caching, /immutable|stale-/);
        etags.set(path, answer.headers.get('etag')!);
        const again = await revalidate(plaza.api, path, etags.get(path)!);
        assert.deepEqual([again.status, again.text], [304, '']);
      }
      await end(author, id, plaza);
      for (const [path, etag] of etags) {
        const gone = await revalidate(plaza.api, path, etag);
        assert.equal(gone.status, 404, path);
        assert.match(gone.headers.get('cache-control') ?? '', /no-store/);
      }
    });
  }
});
