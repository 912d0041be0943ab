import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { objectStoreSuite } from '#ports/object-store/suite.ts';
import { openFolderStore } from './folder-store.ts';
import { heldDeletionsPath } from './layout.ts';

objectStoreSuite('folder', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'plaza-objects-'));
  const store = await openFolderStore({ folder: join(parent, 'objects') });
  return {
    store,
    async close() {
      await store.close();
      await rm(parent, { recursive: true });
    },
  };
});

describe('the folder of objects', () => {
  const png = { contentType: 'image/png' };
  let parent: string;
  let count = 0;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'plaza-objects-'));
  });
  after(() => rm(parent, { recursive: true }));
  const newFolder = () => join(parent, `objects-${count++}`);
  const filesIn = async (folder: string) =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);

  test('keeps its objects over a restart and sweeps what an upload left behind', async () => {
    const folder = newFolder();
    const first = await openFolderStore({ folder });
    await first.put('a/b', Buffer.from('kept'), png);
    await first.close();
    await writeFile(join(folder, 'temporary', 'half-an-upload'), 'x');
    const second = await openFolderStore({ folder });
    assert.equal((await buffer((await second.get('a/b'))!.body)).toString(), 'kept');
    assert.deepEqual(await readdir(join(folder, 'temporary')), []);
    await second.close();
  });

  test('leaves no empty folders and no temporary files', async () => {
    const folder = newFolder();
    const store = await openFolderStore({ folder });
    await store.put('a/b/c', Buffer.from('1'), png);
    await store.put('a/d', Buffer.from('2'), png);
    await store.deleteMany(['a/b/c']);
    assert.deepEqual((await readdir(folder, { recursive: true })).sort(), [
      'objects',
      join('objects', '@a'),
      join('objects', '@a', 'd'),
      'temporary',
    ]);
    await store.close();
  });

  test('storing and deleting in one folder at the same time loses nothing', async () => {
    const store = await openFolderStore({ folder: newFolder() });
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        await store.put(`same/folder/${n}`, Buffer.from(String(n)), png);
        if (n % 2 === 0) await store.deleteMany([`same/folder/${n}`]);
      }),
    );
    const left = await store.list('same/folder/', { limit: 1_000 });
    assert.equal(left.length, 50);
    await store.close();
  });

  test('a damaged file is an error, not somebody else’s bytes', async () => {
    const folder = newFolder();
    const store = await openFolderStore({ folder });
    await store.put('a', Buffer.alloc(1_000), png);
    await truncate(join(folder, 'objects', 'a'), 900);
    await assert.rejects(store.get('a'), /damaged/);
    await assert.rejects(store.head('a'), /damaged/);
    await store.put('a', Buffer.from('mended'), png);
    assert.equal((await store.head('a'))?.sizeBytes, 6);
    await store.close();
  });

  test('while deletions are held, objects are gone for readers and there for the copy; afterwards they are gone', async () => {
    const folder = newFolder();
    const store = await openFolderStore({ folder });
    for (const key of ['a', 'b', 'c/d']) await store.put(key, Buffer.from(key), png);
    await store.holdDeletions(async () => {
      await store.deleteMany(['a', 'c/d']);
      assert.equal(await store.head('a'), undefined);
      assert.equal(await store.get('c/d'), undefined);
      assert.deepEqual(
        (await store.list('', { limit: 10 })).map((info) => info.key),
        ['b'],
      );
      assert.deepEqual((await filesIn(folder)).sort(), ['a', 'b', 'd']);
      await store.put('a', Buffer.from('again'), png);
      assert.equal((await store.head('a'))?.sizeBytes, 5);
      await store.holdDeletions(async () => {
        await store.deleteMany(['b']);
      });
      assert.ok((await filesIn(folder)).includes('b'), 'the outer hold still stands');
    });
    assert.deepEqual(await filesIn(folder), ['a']);
    await store.deleteMany(['a']);
    assert.deepEqual(await filesIn(folder), []);
    await store.close();
  });

  test('an object that is stored while its held deletion is carried out stays', async () => {
    const store = await openFolderStore({ folder: newFolder() });
    for (let round = 0; round < 100; round++) {
      const keys = ['a', 'b', 'c', 'd'].map((key) => `${round}/${key}`);
      for (const key of keys) await store.put(key, Buffer.from('old'), png);
      let storing: Promise<unknown[]> = Promise.resolve([]);
      await store.holdDeletions(async () => {
        await store.deleteMany(keys);
        storing = Promise.all(keys.map((key) => store.put(key, Buffer.from('again'), png)));
        // Hold on for a different number of turns, so that the deletions meet every step of the storing.
        for (let turn = 0; turn < round; turn++) await setImmediate();
      });
      await storing;
      for (const key of keys) assert.equal((await store.head(key))?.sizeBytes, 5, key);
    }
    await store.close();
  });

  test('a failing backup lets deletions go on', async () => {
    const folder = newFolder();
    const store = await openFolderStore({ folder });
    await store.put('a', Buffer.from('a'), png);
    await assert.rejects(
      store.holdDeletions(async () => {
        await store.deleteMany(['a']);
        throw new Error('the backup failed');
      }),
      /the backup failed/,
    );
    assert.deepEqual(await filesIn(folder), []);
    await store.close();
  });

  test('a deletion that cannot be noted fails alone: those that follow are noted again', async () => {
    const folder = newFolder();
    const store = await openFolderStore({ folder });
    for (const key of ['a', 'b']) await store.put(key, Buffer.from(key), png);
    const noted = heldDeletionsPath(folder);
    await store.holdDeletions(async () => {
      await mkdir(noted);
      await assert.rejects(store.deleteMany(['a']));
      await rm(noted, { recursive: true });
      await store.deleteMany(['b']);
      assert.equal(await store.head('b'), undefined);
      assert.equal(await readFile(noted, 'utf8'), '-b\n');
    });
    assert.deepEqual(await filesIn(folder), []);
    await store.close();
  });

  test('held deletions survive a crash, and a copy made meanwhile keeps its objects', async () => {
    const folder = newFolder();
    const copy = newFolder();
    const store = await openFolderStore({ folder });
    for (const key of ['a', 'b', 'c']) await store.put(key, Buffer.from(key), png);
    const copied = Promise.withResolvers<void>();
    const crashed = Promise.withResolvers<void>();
    const held = store.holdDeletions(async () => {
      await store.deleteMany(['a', 'b']);
      await store.put('b', Buffer.from('again'), png);
      await cp(folder, copy, { recursive: true });
      copied.resolve();
      await crashed.promise;
    });
    await copied.promise;
    const afterCrash = await openFolderStore({ folder });
    assert.equal(await afterCrash.head('a'), undefined);
    assert.equal((await afterCrash.head('b'))?.sizeBytes, 5);
    const restored = await openFolderStore({ folder: copy });
    assert.equal((await restored.list('', { limit: 10 })).length, 3);
    crashed.resolve();
    await held;
  });

  test('a link that somebody put into the folder is not listed as a folder of ours', async () => {
    const folder = newFolder();
    const store = await openFolderStore({ folder });
    await store.put('a', Buffer.from('a'), png);
    await symlink('/', join(folder, 'objects', 'root'));
    await assert.rejects(store.get('root'));
    assert.equal(await store.get('root/etc/passwd'), undefined);
    await store.close();
  });
});
