import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Account } from '#contracts/model/account.ts';
import { accountOf } from '#platform/calls/context.ts';
import { invalid, notFound } from '#platform/errors/errors.ts';
import { openFolderStore } from '#ports/object-store/folder/folder-store.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('files', () => {
  let plaza: TestGateway;
  let objects: ObjectStore;
  let folder: string;
  let ada: Account;
  let eve: Account;
  const hidden = new Set<string>();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plaza-files-'));
    objects = await openFolderStore({ folder });
    plaza = await startTestGateway({
      objects,
      services: {
        'post.getShown': ({ postId }: { postId: string }, context) => {
          if (context.caller.kind !== 'account' || hidden.has(context.caller.accountId)) throw notFound();
          return plaza.world.shown(postId);
        },
        'post.createMedia': async (input: { uploadKey: string; description: string; focus: object }, context) => {
          taken.push({ ...input, sizeBytes: (await objects.head(input.uploadKey))?.sizeBytes });
          if (input.description === 'refuse') throw invalid('file', 'ERR_INVALID', 'file is no picture');
          return plaza.world.addMedia(accountOf(context)!, { description: input.description }, false);
        },
        'user.updateProfile': (input: object) => {
          taken.push(input);
          return ada;
        },
      },
    });
    ada = plaza.world.addAccount('ada');
    eve = plaza.world.addAccount('eve');
    plaza.world.addToken('ada-token', ada);
    plaza.world.addToken('eve-token', eve);
  });
  after(async () => {
    await plaza.stop();
    await objects.close();
    await rm(folder, { recursive: true });
  });
  const taken: object[] = [];
  const uploads = async () => (await objects.list('uploads/', { limit: 10 })).map((object) => object.key);

  describe('are read', () => {
    const stored = async (
      change: Parameters<TestGateway['world']['addMedia']>[1],
      open: boolean,
      type = 'image/png',
    ) => {
      const media = plaza.world.addMedia(ada.id, change, open);
      await objects.put(`media/${media.id}/${media.fileName}`, PNG, { contentType: type });
      return { media, path: `/media/${media.id}/${media.fileName}` };
    };

    test('by anybody where their post is open, as what they are and nothing else', async () => {
      const { path } = await stored({}, true);
      const answer = await plaza.call('GET', path);
      assert.equal(answer.status, 200);
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PNG);
      assert.equal(answer.headers.get('content-type'), 'image/png');
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox");
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=3600, s-maxage=300');
      const again = await plaza.call('GET', path, { headers: { 'if-none-match': answer.headers.get('etag')! } });
      assert.equal(again.status, 304);
    });

    test('in parts', async () => {
      const { path } = await stored({}, true);
      const part = async (range: string, headers = {}) => {
        const answer = await plaza.call('GET', path, { headers: { range, ...headers } });
        return [answer.status, answer.headers.get('content-range'), (await answer.arrayBuffer()).byteLength];
      };
      const size = PNG.length;
      assert.deepEqual(await part('bytes=0-9'), [206, `bytes 0-9/${size}`, 10]);
      assert.deepEqual(await part('bytes=60-'), [206, `bytes 60-${size - 1}/${size}`, size - 60]);
      assert.deepEqual(await part('bytes=-5'), [206, `bytes ${size - 5}-${size - 1}/${size}`, 5]);
      assert.deepEqual(await part('bytes=0-99999'), [206, `bytes 0-${size - 1}/${size}`, size]);
      assert.deepEqual(await part('bytes=0-1,4-5'), [200, null, size]);
      assert.deepEqual(await part('bytes=5-9', { 'if-range': '"older"' }), [200, null, size]);
      for (const range of ['bytes=99999-', 'bytes=9-5', 'bytes=-0']) assert.equal((await part(range))[0], 416, range);
    });

    test('never as a page', async () => {
      const { path } = await stored({}, true, 'text/html');
      const answer = await plaza.call('GET', path);
      assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
      assert.equal(answer.headers.get('content-disposition'), 'attachment');
    });

    test('with a signed address, by whom it was made for, while they may see the post', async () => {
      const { head } = plaza.world.addPost(ada, 'for few', { head: { visibility: 'followers' } });
      const { media, path } = await stored({ postId: head.id }, false);
      plaza.world.bodies.set(head.id, { ...plaza.world.bodies.get(head.id)!, media: [media] });
      const shown = await plaza.call('GET', `/api/v1/statuses/${head.id}`, { token: 'eve-token' });
      const { media_attachments } = (await shown.json()) as { media_attachments: { url: string }[] };
      const signed = media_attachments[0]!.url.replace('https://plaza.test', '');
      const answer = await plaza.call('GET', signed);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'private, max-age=3600, immutable');
      assert.equal((await plaza.call('GET', path)).status, 404);
      assert.equal((await plaza.call('GET', signed.replace(/viewer=\d+/, `viewer=${ada.id}`))).status, 404);
      assert.equal((await plaza.call('GET', path, { token: 'ada-token' })).status, 200);
      hidden.add(eve.id);
      assert.equal((await plaza.call('GET', signed)).status, 404);
      hidden.clear();
      plaza.clock.advance(8 * 3_600_000);
      assert.equal((await plaza.call('GET', signed)).status, 404);
    });

    test('under their own names only', async () => {
      const { media } = await stored({}, true);
      await objects.put(`media/${media.id}/secret`, PNG, { contentType: 'image/png' });
      await objects.put('uploads/1', PNG, { contentType: 'image/png' });
      const paths = [
        `/media/${media.id}/secret`,
        `/media/${media.id}/..%2f..%2fuploads%2f1`,
        `/media/${media.id}/%2e%2e/uploads/1`,
        '/media/99/original.png',
        '/profile-images/uploads/1',
        '/profile-images/avatars/../uploads/1',
        '/profile-images/avatars/%2e%2e/uploads/1',
        `/profile-images/media/${media.id}/${media.fileName}`,
        '/profile-images/avatars//x',
        '/profile-images/avatars/%00',
      ];
      for (const path of paths) assert.equal((await plaza.call('GET', path)).status, 404, path);
    });

    test('of profiles, and one of ours where there is none', async () => {
      await objects.put('avatars/12/13/large', PNG, { contentType: 'image/png' });
      assert.equal((await plaza.call('GET', '/profile-images/avatars/12/13/large')).status, 200);
      for (const kind of ['avatar', 'header']) {
        const answer = await plaza.call('GET', `/profile-images/missing-${kind}.png`);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('content-type'), 'image/png');
      }
    });
  });

  describe('are sent', () => {
    const form = (fields: Record<string, string | Blob>) => {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      return data;
    };
    const send = (fields: Record<string, string | Blob>, token = 'ada-token') =>
      plaza.call('POST', '/api/v2/media', { token, body: form(fields) });

    test('into the store, and taken over with what was said about them', async () => {
      const answer = await send({ file: new Blob([PNG]), description: 'Ünï', focus: '0.5,-2' });
      assert.equal(answer.status, 200, await answer.clone().text());
      assert.equal(((await answer.json()) as { description: string }).description, 'Ünï');
      const { uploadKey, ...said } = taken.at(-1) as { uploadKey: string };
      assert.match(uploadKey, /^uploads\/\d+$/);
      assert.deepEqual(said, { description: 'Ünï', focus: { x: 0.5, y: -1 }, sizeBytes: PNG.length });
      assert.deepEqual(await uploads(), ['uploads/1']);
    });

    test('and leave nothing where they are refused', async () => {
      const statuses = [
        (await send({ file: new Blob([PNG]), description: 'refuse' })).status,
        (await send({ description: 'no file' })).status,
        (await send({ other: new Blob([PNG]) })).status,
        (await send({ file: new Blob([PNG]), focus: 'middle' })).status,
        (await send({ file: new Blob([PNG]), description: 'x'.repeat(2_000) })).status,
        (await send({ file: new Blob([PNG]) }, 'unknown-token')).status,
      ];
      assert.deepEqual(statuses, [422, 422, 422, 422, 422, 401]);
      assert.deepEqual(await uploads(), ['uploads/1']);
    });

    test('up to a size that is checked before they are read', async () => {
      const answer = await plaza.call('PATCH', '/api/v1/accounts/update_credentials', {
        token: 'ada-token',
        body: form({ avatar: new Blob([Buffer.alloc(9 * 1024 * 1024)]) }),
      });
      assert.equal(answer.status, 413);
      const huge = await plaza.call('POST', '/api/v1/accounts/1/follow', {
        token: 'ada-token',
        body: form({ note: 'x'.repeat(2 * 1024 * 1024) }),
      });
      assert.equal(huge.status, 413);
    });

    test('as the picture of a profile', async () => {
      const answer = await plaza.call('PATCH', '/api/v1/accounts/update_credentials', {
        token: 'ada-token',
        body: form({
          avatar: new Blob([PNG]),
          header: '',
          display_name: 'Ada',
          'fields_attributes[0][name]': 'Web',
          'fields_attributes[0][value]': 'https://ada.test',
        }),
      });
      assert.equal(answer.status, 200, await answer.clone().text());
      assert.deepEqual(taken.at(-1), {
        displayName: 'Ada',
        fields: [{ name: 'Web', value: 'https://ada.test' }],
        avatar: { base64: PNG.toString('base64') },
        header: null,
      });
    });
  });
});
