import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { HeadObjectCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { makeCertificates } from '#engines/certificates.ts';
import { signalNode, startNode } from '#engines/node-process.ts';
import { DEFAULT_BUCKET } from '#engines/s3/s3-engine.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { dependencyIsDown } from '#ports/event-bus/failure.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import { objectStoreSuite } from '#ports/object-store/suite.ts';
import { openS3Store, type S3StoreOptions } from './s3-store.ts';
import { startTestS3, type TestS3 } from './testing.ts';

const log = createLog('silent');
const MiB = 1024 * 1024;
let s3: TestS3;
before(async () => {
  s3 = await startTestS3();
});
after(() => s3?.stop());

const open = (options: Partial<S3StoreOptions> = {}) =>
  openS3Store({ url: s3.url, ...s3.credentials, clock: systemClock, log, ...options });

function clientOf(): S3Client {
  const { endpoint, credentials } = s3;
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
}

async function statusOf(address: string): Promise<number> {
  const answer = await fetch(address);
  await answer.arrayBuffer();
  return answer.status;
}

objectStoreSuite('S3', async () => {
  const store = await open();
  return { store, close: () => store.close() };
});

describe('the object store in S3', () => {
  let store: ObjectStore;
  before(async () => {
    store = await open();
  });
  after(() => store.close());

  test('stores a long stream in parts, and gives it back whole and in ranges', async () => {
    const chunk = Buffer.from(Array.from({ length: MiB }, (_, n) => (n * 7) % 251));
    const put = await store.put('big', Readable.from(Array.from({ length: 20 }, () => chunk)), {
      contentType: 'video/mp4',
    });
    assert.equal(put.sizeBytes, 20 * MiB);
    assert.match(put.etag, /-3$/, 'three parts of 8, 8 and 4 MiB');
    const whole = await buffer((await store.get('big'))!.body);
    assert.ok(whole.equals(Buffer.concat(Array.from({ length: 20 }, () => chunk))));
    const over = await store.get('big', { start: 8 * MiB - 2, end: 8 * MiB + 1 });
    assert.ok((await buffer(over!.body)).equals(whole.subarray(8 * MiB - 2, 8 * MiB + 2)));
  });

  test('what is stored has a checksum that the server counted', async () => {
    await store.put('summed', Buffer.from('123456789'), { contentType: 'image/png' });
    const client = clientOf();
    const head = new HeadObjectCommand({ Bucket: DEFAULT_BUCKET, Key: 'summed', ChecksumMode: 'ENABLED' });
    const { ChecksumCRC32 } = await client.send(head);
    client.destroy();
    // The check value of CRC-32/ISO-HDLC.
    assert.equal(ChecksumCRC32, Buffer.from('cbf43926', 'hex').toString('base64'));
  });

  test('a long stream that breaks leaves no parts behind', async () => {
    const breaking = Readable.from(
      (async function* () {
        for (let at = 0; at < 10; at++) yield Buffer.alloc(MiB);
        throw new Error('the sender went away');
      })(),
    );
    await assert.rejects(store.put('broken', breaking, { contentType: 'video/mp4' }), /went away/);
    assert.equal(await store.head('broken'), undefined);
    const client = clientOf();
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: DEFAULT_BUCKET }));
    client.destroy();
    assert.deepEqual(Uploads, []);
  });

  test('a presigned address opens one object, as the type that was said, until it ends', async () => {
    await store.put('private/picture', Buffer.from('picture'), { contentType: 'image/png' });
    await store.put('private/other', Buffer.from('other'), { contentType: 'image/png' });
    const options = { ttlSeconds: 60, contentType: 'application/octet-stream', attachment: true };
    const address = await store.presign!('private/picture', options);
    const answer = await fetch(address);
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), 'picture');
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
    assert.equal(answer.headers.get('content-disposition'), 'attachment');
    assert.equal((await fetch(address.replace('private/picture', 'private/other'))).status, 403);
    assert.equal((await fetch(address.split('?')[0]!)).status, 403);
    const short = await store.presign!('private/picture', { ...options, ttlSeconds: 3 });
    assert.equal(await statusOf(short), 200);
    const deadline = systemClock.monotonic() + 60_000;
    let status = 200;
    while (status === 200 && systemClock.monotonic() < deadline) status = await statusOf(short);
    assert.equal(status, 403, 'it ends');
    await assert.rejects(store.presign!('../other', options), RangeError);
  });

  test('what it refuses or does not answer is a dependency that is down', async () => {
    const isDown = (error: unknown) =>
      error instanceof PlazaError && error.code === 'unavailable' && dependencyIsDown(error);
    for (const wrong of [
      { secretAccessKey: 'wrong-hunter2' },
      { accessKeyId: 'nobody' },
      { url: s3.url.replace(DEFAULT_BUCKET, 'no-such-bucket') },
    ]) {
      const lines: string[] = [];
      const told = createLog('trace', { write: (line: string) => void lines.push(line) });
      const refused = await open({ ...wrong, log: told });
      await assert.rejects(refused.put('a', Buffer.from('x'), { contentType: 'image/png' }), isDown);
      await assert.rejects(refused.list('', { limit: 1 }), isDown);
      await refused.close();
      assert.match(lines.join('\n'), /does not answer for its bucket/);
      assert.doesNotMatch(lines.join('\n'), /hunter2|secret\/of/);
    }
  });

  test('opens while the server is away, and serves when it is back', async () => {
    await store.put('kept', Buffer.from('kept'), { contentType: 'image/png' });
    signalNode(s3.node, 'SIGKILL');
    const opened = await open();
    const isDown = (error: unknown) => dependencyIsDown(error);
    for (const each of [store, opened]) {
      await assert.rejects(each.get('kept'), isDown);
      await assert.rejects(each.head('kept'), isDown);
      await assert.rejects(each.deleteMany(['kept']), isDown);
      await assert.rejects(each.put('kept', Readable.from([Buffer.from('x')]), { contentType: 'image/png' }), isDown);
    }
    await startNode(s3.node);
    for (const each of [store, opened]) assert.equal((await buffer((await each.get('kept'))!.body)).toString(), 'kept');
    await opened.close();
  });
});

test('over TLS with an authority of its own, and not without it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-s3-tls-'));
  const files = await makeCertificates(folder);
  const secured = await startTestS3({ cert: files.serverCert, key: files.serverKey });
  try {
    const ca = readFileSync(files.ca, 'utf8');
    const store = await open({ url: secured.url, tls: { ca } });
    await store.put('a', Readable.from([Buffer.from('sealed')]), { contentType: 'text/plain' });
    assert.equal((await buffer((await store.get('a'))!.body)).toString(), 'sealed');
    await store.close();
    const distrustful = await open({ url: secured.url });
    await assert.rejects(distrustful.head('a'), (error) => error instanceof PlazaError && error.code === 'unavailable');
    await distrustful.close();
  } finally {
    await secured.stop();
    rmSync(folder, { recursive: true });
  }
});
