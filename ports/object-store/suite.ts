import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { randomToken, systemRandom } from '#platform/random/random.ts';
import type { ByteRange, ObjectStore } from './port.ts';

export interface ObjectStoreUnderTest {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

/** What every object store has to do. Keys are new in each test, so a server may be shared. */
export function objectStoreSuite(name: string, open: () => Promise<ObjectStoreUnderTest>): void {
  describe(`object store: ${name}`, () => {
    let under: ObjectStoreUnderTest;
    let store: ObjectStore;
    let prefix: string;
    const key = (text: string) => `${prefix}/${text}`;
    const png = { contentType: 'image/png' };

    beforeEach(async () => {
      prefix = randomToken(systemRandom, 9).replaceAll('-', '_');
      under = await open();
      store = under.store;
    });

    afterEach(() => under.close());

    async function bytesOf(name: string, range?: ByteRange): Promise<string> {
      const found = await store.get(name, range);
      assert.ok(found, `${name} is there`);
      return (await buffer(found.body)).toString('latin1');
    }

    test('gives back bytes, type, size and a tag', async () => {
      const body = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
      const put = await store.put(key('a/b.png'), body, png);
      assert.equal(put.key, key('a/b.png'));
      assert.equal(put.sizeBytes, 256);
      assert.equal(put.contentType, 'image/png');
      assert.ok(put.etag.length > 0 && put.modifiedMs > 0);
      const found = await store.get(key('a/b.png'));
      assert.ok(found);
      assert.deepEqual(await buffer(found.body), body);
      for (const info of [found.info, await store.head(key('a/b.png'))]) {
        assert.equal(info?.sizeBytes, 256);
        assert.equal(info?.contentType, 'image/png');
        assert.equal(info?.etag, put.etag);
      }
    });

    test('takes a stream, in chunks of any size', async () => {
      const chunks = [Buffer.alloc(0), Buffer.from('one'), Buffer.alloc(300_000, 'x'), Buffer.from('end')];
      const put = await store.put(key('stream'), Readable.from(chunks), { contentType: 'video/mp4; codecs=avc1' });
      assert.equal(put.sizeBytes, 300_006);
      assert.equal(await bytesOf(key('stream')), Buffer.concat(chunks).toString('latin1'));
      assert.equal((await store.head(key('stream')))?.contentType, 'video/mp4; codecs=avc1');
    });

    test('an object may be empty', async () => {
      await store.put(key('empty'), new Uint8Array(), { contentType: 'text/plain' });
      assert.equal(await bytesOf(key('empty')), '');
      assert.equal((await store.head(key('empty')))?.sizeBytes, 0);
    });

    test('the tag tells contents apart', async () => {
      const first = await store.put(key('a'), Buffer.from('same'), png);
      const second = await store.put(key('b'), Readable.from([Buffer.from('sa'), Buffer.from('me')]), png);
      const third = await store.put(key('c'), Buffer.from('other'), png);
      assert.equal(first.etag, second.etag);
      assert.notEqual(first.etag, third.etag);
    });

    test('replaces an object whole; who reads the old one reads it to its end', async () => {
      const old = 'o'.repeat(500_000);
      await store.put(key('a'), Buffer.from(old), png);
      const reading = await store.get(key('a'));
      await store.put(key('a'), Buffer.from('new'), { contentType: 'text/plain' });
      assert.equal(await bytesOf(key('a')), 'new');
      assert.equal((await store.head(key('a')))?.contentType, 'text/plain');
      assert.equal((await buffer(reading!.body)).toString(), old);
    });

    test('of writers at the same key one wins, whole', async () => {
      const bodies = Array.from({ length: 8 }, (_, n) => String(n).repeat(50_000));
      await Promise.all(bodies.map((body) => store.put(key('a'), Buffer.from(body), png)));
      assert.ok(bodies.includes(await bytesOf(key('a'))));
    });

    test('gives ranges, both ends included', async () => {
      await store.put(key('a'), Buffer.from('0123456789'), png);
      assert.equal(await bytesOf(key('a'), { start: 0, end: 0 }), '0');
      assert.equal(await bytesOf(key('a'), { start: 3, end: 5 }), '345');
      assert.equal(await bytesOf(key('a'), { start: 8, end: 9 }), '89');
      assert.equal(
        await bytesOf(key('a'), { start: 8, end: 1_000 }),
        '89',
        'a range that is too long ends with the object',
      );
      const found = await store.get(key('a'), { start: 3, end: 5 });
      assert.equal(found?.info.sizeBytes, 10, 'the info is of the whole');
      await buffer(found!.body);
      for (const range of [
        { start: 10, end: 10 },
        { start: 5, end: 4 },
        { start: -1, end: 4 },
      ]) {
        await assert.rejects(
          store.get(key('a'), range),
          (error) => error instanceof PlazaError && error.code === 'range_not_satisfiable',
        );
      }
    });

    test('what is not there is undefined, and deleting it is no error', async () => {
      assert.equal(await store.head(key('none')), undefined);
      assert.equal(await store.get(key('none')), undefined);
      assert.equal(await store.get(key('none'), { start: 0, end: 1 }), undefined);
      await store.deleteMany([key('none'), key('none/at/all')]);
      await store.deleteMany([]);
    });

    test('deletes what was asked for and nothing else', async () => {
      for (const name of ['a', 'b/c', 'b/d/e', 'a.b']) await store.put(key(name), Buffer.from(name), png);
      await store.deleteMany([key('b/c'), key('a.b')]);
      assert.equal(await store.head(key('b/c')), undefined);
      assert.equal(await bytesOf(key('a')), 'a');
      assert.equal(await bytesOf(key('b/d/e')), 'b/d/e');
      await store.deleteMany([key('b/d/e')]);
      await store.put(key('b/d/e'), Buffer.from('again'), png);
      assert.equal(await bytesOf(key('b/d/e')), 'again');
      assert.equal(await store.head(key('b/d')), undefined, 'what only begins keys is no object');
      assert.equal(await store.get(key('b')), undefined);
    });

    test('deletes more than a page at once', async () => {
      await store.put(key('a'), Buffer.from('a'), png);
      await store.deleteMany([...Array.from({ length: 1_500 }, (_, n) => key(`none-${n}`)), key('a')]);
      assert.equal(await store.head(key('a')), undefined);
    });

    test('lists in the order of keys, by prefix, page after page', async () => {
      const names = ['a/0', 'a-b', 'a.b', 'a0', 'A', 'a/b.c', 'a/b/c', 'ab', 'b/1', 'b/10', 'b/2', '_x', 'a/b-1/z'];
      await Promise.all(names.map((name) => store.put(key(name), Buffer.from(name), png)));
      const expected = names.map(key).sort((a, b) => (a < b ? -1 : 1));
      for (const limit of [1, 3, 5, 1_000]) {
        const listed: string[] = [];
        for (let after: string | undefined; ; ) {
          const page = await store.list(`${prefix}/`, { limit, ...(after === undefined ? {} : { after }) });
          listed.push(...page.map((info) => info.key));
          if (page.length < limit) break;
          after = page.at(-1)!.key;
        }
        assert.deepEqual(listed, expected, `in pages of ${limit}`);
      }
      const below = async (text: string, after?: string) =>
        (await store.list(key(text), { limit: 100, ...(after === undefined ? {} : { after: key(after) }) })).map(
          (info) => info.key.slice(prefix.length + 1),
        );
      assert.deepEqual(await below('a/'), ['a/0', 'a/b-1/z', 'a/b.c', 'a/b/c']);
      assert.deepEqual(await below('a/b'), ['a/b-1/z', 'a/b.c', 'a/b/c']);
      assert.deepEqual(await below('a/b/'), ['a/b/c']);
      assert.deepEqual(await below('b/1'), ['b/1', 'b/10']);
      assert.deepEqual(await below('none'), []);
      assert.deepEqual(await below('a', 'a/b-1'), ['a/b-1/z', 'a/b.c', 'a/b/c', 'a0', 'ab'], 'after need not be a key');
      const [first] = await store.list(key('a0'), { limit: 1 });
      assert.equal(first?.sizeBytes, 2);
      assert.equal(first?.key, key('a0'));
    });

    test('a stream that breaks leaves nothing, or what was there', async () => {
      const breaking = () =>
        Readable.from(
          (async function* () {
            yield Buffer.from('half');
            throw new Error('the sender went away');
          })(),
        );
      await assert.rejects(store.put(key('a'), breaking(), png), /went away/);
      assert.equal(await store.head(key('a')), undefined);
      await store.put(key('a'), Buffer.from('whole'), png);
      await assert.rejects(store.put(key('a'), breaking(), png));
      assert.equal(await bytesOf(key('a')), 'whole');
      assert.deepEqual((await store.list(`${prefix}/`, { limit: 10 })).length, 1);
    });

    test('keys and types that could lead elsewhere are refused', async () => {
      const keys = [
        '',
        '/',
        '/a',
        'a/',
        'a//b',
        '..',
        '.',
        'a/../b',
        'a/./b',
        '../a',
        'a\\b',
        'a b',
        'ä',
        'a\0',
        'a\nb',
        '@a',
        'a/@b',
        'x'.repeat(401),
        'x'.repeat(121),
        '%2e%2e/a',
        'C:/a',
        '~/a',
      ];
      for (const bad of keys) {
        await assert.rejects(store.put(bad, Buffer.from('x'), png), RangeError, JSON.stringify(bad));
        await assert.rejects(store.get(bad), RangeError);
        await assert.rejects(store.head(bad), RangeError);
        await assert.rejects(store.deleteMany([bad]), RangeError);
      }
      for (const bad of ['../', 'a/../', '/a', '@', 'a//'])
        await assert.rejects(store.list(bad, { limit: 1 }), RangeError);
      for (const limit of [0, -1, 1.5, 1_001]) await assert.rejects(store.list('', { limit }), RangeError);
      for (const contentType of ['', 'png', 'image/png\r\nSet-Cookie: a=b', 'image/', 'a/b; c', 'x'.repeat(300)]) {
        await assert.rejects(store.put(key('a'), Buffer.from('x'), { contentType }), RangeError, contentType);
      }
      assert.equal(await store.head(key('a')), undefined);
    });
  });
}
