import { type FileHandle, open, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { type Random, systemRandom } from '#platform/random/random.ts';
import { checkContentType, checkKey, checkLimit, checkPrefix } from '#ports/object-store/keys.ts';
import type { ByteRange, ObjectInfo, ObjectStore } from '#ports/object-store/port.ts';
import { asUnavailable, hasCode, makeFolder, syncFolder } from './durable.ts';
import { HeldDeletions } from './held-deletions.ts';
import { heldDeletionsPath, inKeyOrder, OBJECTS, pathOf, TEMPORARY } from './layout.ts';
import { readInfo } from './trailer.ts';
import { moveInto, upload } from './upload.ts';

export interface FolderStoreOptions {
  /** One process owns it. Made when it is missing. */
  readonly folder: string;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface FolderStore extends ObjectStore {
  /**
   * For a backup: while `work` runs no file is removed, although deleted objects are gone for everyone. What was deleted meanwhile is removed
   * afterwards.
   */
  holdDeletions<R>(work: () => Promise<R>): Promise<R>;
}

/** Objects as files in a folder. Leftovers of uploads that a crash interrupted are removed at the start. */
export async function openFolderStore(options: FolderStoreOptions): Promise<FolderStore> {
  const { clock = systemClock, random = systemRandom } = options;
  const folder = resolve(options.folder);
  await makeFolder(join(folder, OBJECTS));
  await rm(join(folder, TEMPORARY), { recursive: true, force: true });
  await makeFolder(join(folder, TEMPORARY));
  const held = new HeldDeletions(heldDeletionsPath(folder));
  const left = await held.left();
  await removeFiles(folder, left);
  await held.clear();
  return new OpenFolderStore(folder, clock, random, held);
}

class OpenFolderStore implements FolderStore {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #held: HeldDeletions;
  #last: Promise<void> = Promise.resolve();

  constructor(root: string, clock: Clock, random: Random, held: HeldDeletions) {
    this.#root = root;
    this.#clock = clock;
    this.#random = random;
    this.#held = held;
  }

  async put(key: string, body: Uint8Array | Readable, { contentType }: { contentType: string }): Promise<ObjectInfo> {
    checkKey(key);
    checkContentType(contentType);
    const modifiedMs = this.#clock.now();
    const { temporaryPath, sizeBytes, etag } = await upload(
      this.#root,
      body,
      { contentType, modifiedMs },
      this.#random,
    );
    await this.#alone(async () => {
      await moveInto(temporaryPath, pathOf(this.#root, key));
      await this.#held.cancel(key);
    });
    return { key, sizeBytes, contentType, etag, modifiedMs };
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    const opened = await this.#open(key);
    await opened?.file.close();
    return opened?.info;
  }

  async get(key: string, range?: ByteRange): Promise<{ info: ObjectInfo; body: Readable } | undefined> {
    const opened = await this.#open(key);
    if (opened === undefined) return undefined;
    const { file, info } = opened;
    const first = range?.start ?? 0;
    const last = Math.min(range?.end ?? info.sizeBytes - 1, info.sizeBytes - 1);
    if (range !== undefined && !isWithin(range, info.sizeBytes)) {
      await file.close();
      throw new PlazaError('range_not_satisfiable', 'The range lies outside of the object');
    }
    if (info.sizeBytes === 0) {
      await file.close();
      return { info, body: Readable.from([], { objectMode: false }) };
    }
    return { info, body: file.createReadStream({ start: first, end: last, autoClose: true }) };
  }

  async deleteMany(keys: readonly string[]): Promise<void> {
    for (const key of keys) checkKey(key);
    if (keys.length === 0) return;
    if (this.#held.held) await this.#held.add(keys);
    else await removeFiles(this.#root, keys);
  }

  async list(prefix: string, { after = '', limit }: { after?: string; limit: number }): Promise<ObjectInfo[]> {
    checkPrefix(prefix);
    checkLimit(limit);
    const found: ObjectInfo[] = [];
    await this.#walk(join(this.#root, OBJECTS), '', prefix, after, limit, found);
    return found;
  }

  async holdDeletions<R>(work: () => Promise<R>): Promise<R> {
    this.#held.hold();
    try {
      return await work();
    } finally {
      const keys = this.#held.release();
      // One by one, because a key may be stored again meanwhile, or deleted again under another hold.
      for (const key of keys) {
        await this.#alone(async () => {
          if (this.#held.has(key)) await removeFiles(this.#root, [key]);
        });
      }
      await this.#held.forget(keys);
    }
  }

  async close(): Promise<void> {
    await this.#held.close();
  }

  /**
   * The moving in of a file with the end of its held deletion, or a look at a held deletion with the removing of its file: one after the other. Otherwise a file that was
   * just moved in could be removed by the deletion of the one before it.
   */
  #alone(change: () => Promise<void>): Promise<void> {
    const done = this.#last.then(change);
    this.#last = done.catch(() => {});
    return done;
  }

  async #open(key: string): Promise<{ file: FileHandle; info: ObjectInfo } | undefined> {
    checkKey(key);
    if (this.#held.has(key)) return undefined;
    let file: FileHandle;
    try {
      file = await open(pathOf(this.#root, key), 'r');
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw asUnavailable(error);
    }
    try {
      return { file, info: await readInfo(file, key) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Goes through a folder in key order, passing over what cannot hold a key of the prefix behind `after`. */
  async #walk(
    path: string,
    parent: string,
    prefix: string,
    after: string,
    limit: number,
    found: ObjectInfo[],
  ): Promise<void> {
    for (const { name, fileName, isFolder } of inKeyOrder(await namesIn(path))) {
      if (found.length >= limit) return;
      const key = parent + name;
      if (isFolder) {
        if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
        if (key < after && !after.startsWith(key)) continue;
        await this.#walk(join(path, fileName), key, prefix, after, limit, found);
      } else if (key > after && key.startsWith(prefix)) {
        const info = await this.head(key);
        if (info !== undefined) found.push(info);
      }
    }
  }
}

function isWithin({ start, end }: ByteRange, sizeBytes: number): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end >= start && start < sizeBytes;
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw asUnavailable(error);
  }
}

/** Removes files and the folders that they leave empty, durably. */
async function removeFiles(root: string, keys: readonly string[]): Promise<void> {
  const top = join(root, OBJECTS);
  const changed = new Set<string>();
  for (const key of keys) {
    const path = pathOf(root, key);
    await rm(path, { force: true });
    let folder = dirname(path);
    while (folder !== top && (await removeIfEmpty(folder))) {
      changed.delete(folder);
      folder = dirname(folder);
    }
    changed.add(folder);
  }
  for (const folder of changed) {
    await syncFolder(folder).catch((error) => {
      if (!hasCode(error, 'ENOENT')) throw error;
    });
  }
}

/** Whether the folder is gone. */
async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}
