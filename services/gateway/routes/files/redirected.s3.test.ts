import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Account } from '#contracts/model/account.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { notFound } from '#platform/errors/errors.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { openS3Store } from '#ports/object-store/s3/s3-store.ts';
import { startTestS3, type TestS3 } from '#ports/object-store/s3/testing.ts';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let s3: TestS3;
let objects: ObjectStore;
let plaza: TestGateway;
let ada: Account;
let hidden = false;

before(async () => {
  s3 = await startTestS3();
  objects = await openS3Store({ url: s3.url, ...s3.credentials, clock: systemClock, log: createLog('silent') });
  plaza = await startTestGateway({
    objects,
    config: { redirectPrivateFiles: true },
    services: {
      'post.getShown': ({ postId }: { postId: string }) => {
        if (hidden) throw notFound();
        return plaza.world.shown(postId);
      },
    },
  });
  ada = plaza.world.addAccount('ada');
  plaza.world.addToken('ada-token', ada);
  plaza.world.addToken('eve-token', plaza.world.addAccount('eve'));
});
after(async () => {
  await plaza?.stop();
  await objects?.close();
  await s3?.stop();
});

test('a private file is sent by the store, to who asks with an address that we signed and may see it now', async () => {
  const { head } = plaza.world.addPost(ada, 'for few', { head: { visibility: 'followers' } });
  const media = plaza.world.addMedia(ada.id, { postId: head.id }, false);
  const path = `/media/${media.id}/${media.fileName}`;
  await objects.put(path.slice(1), Buffer.from('picture'), { contentType: 'image/png' });
  plaza.world.bodies.set(head.id, { ...plaza.world.bodies.get(head.id)!, media: [media] });
  const shown = await plaza.call('GET', `/api/v1/statuses/${head.id}`, { token: 'eve-token' });
  const { media_attachments } = (await shown.json()) as { media_attachments: { url: string }[] };
  const signed = media_attachments[0]!.url.replace('https://plaza.test', '');

  const answer = await plaza.call('GET', signed);
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.get('cache-control'), 'private, no-store');
  const location = answer.headers.get('location')!;
  assert.equal(new URL(location).origin, s3.endpoint);
  assert.equal(new URL(location).searchParams.get('X-Amz-Expires'), '60');
  const file = await fetch(location);
  assert.equal(file.headers.get('content-type'), 'image/png');
  assert.equal(await file.text(), 'picture');

  const withToken = await plaza.call('GET', path, { token: 'ada-token' });
  assert.equal(withToken.status, 200, 'a token is not carried to the store');
  assert.equal(await withToken.text(), 'picture');
  hidden = true;
  assert.equal((await plaza.call('GET', signed)).status, 404);
  assert.equal((await plaza.call('GET', path)).status, 404);
});

test('an open file is sent by us, for whatever stands in front to keep', async () => {
  const media = plaza.world.addMedia(ada.id, {}, true);
  await objects.put(`media/${media.id}/${media.fileName}`, Buffer.from('open'), { contentType: 'image/png' });
  const answer = await plaza.call('GET', `/media/${media.id}/${media.fileName}`);
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), 'open');
});
