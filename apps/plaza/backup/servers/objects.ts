import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ListedObject, ObjectStore } from '#ports/object-store/port.ts';
import type { Report } from '../../operator/command.ts';
import { OBJECTS_FOLDER } from '../layout.ts';
import { type ListedFile, OBJECTS_FILE, type ServersManifest } from './layout.ts';
import { LineWriter, linesOf, type WrittenFile } from './line-file.ts';

const STEP = 'Media';
const LIST = 1_000;
const AT_ONCE = 4;

export interface CopiedObjects {
  readonly count: number;
  readonly sizeBytes: number;
  readonly files: Record<string, WrittenFile>;
}

/**
 * Every object that is there now; `rest` adds those that came since. Objects never change under their keys, so one that is copied is done. One that vanishes
 * meanwhile is left out: so is what named it.
 */
export async function copyObjects(
  store: ObjectStore,
  target: string,
  report: Report,
): Promise<{ rest(): Promise<CopiedObjects> }> {
  const writer = await LineWriter.create(target, OBJECTS_FILE);
  let sizeBytes = 0;
  let done = 0;
  const copy = async (listed: ListedObject) => {
    const line = await copyOne(store, target, listed.key);
    if (line === undefined) return;
    sizeBytes += listed.sizeBytes;
    await writer.add([JSON.stringify(line)]);
    report(STEP, ++done, done);
  };
  const pass = async () => {
    for await (const page of pages(store)) {
      for (let at = 0; at < page.length; at += AT_ONCE) await Promise.all(page.slice(at, at + AT_ONCE).map(copy));
    }
  };
  await pass();
  return {
    async rest() {
      await pass();
      const file = await writer.close();
      return { count: done, sizeBytes, files: { [OBJECTS_FILE]: file } };
    },
  };
}

async function* pages(store: ObjectStore): AsyncGenerator<ListedObject[]> {
  let after: string | undefined;
  for (;;) {
    const page = await store.list('', { ...(after === undefined ? {} : { after }), limit: LIST });
    if (page.length > 0) yield page;
    if (page.length < LIST) return;
    after = page.at(-1)!.key;
  }
}

async function copyOne(store: ObjectStore, target: string, key: string): Promise<ListedFile | undefined> {
  const path = join(target, OBJECTS_FOLDER, key);
  // Copied the first time.
  if (existsSync(path)) return undefined;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const found = await store.get(key);
  if (found === undefined) return undefined;
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(found.body, hashed, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  return { key, contentType: found.info.contentType, sha256: hash.digest('hex') };
}

export async function fillObjects(
  store: ObjectStore,
  { objects }: ServersManifest,
  folder: string,
  report: Report,
): Promise<void> {
  let done = 0;
  const put = async ({ key, contentType }: ListedFile) => {
    await store.put(key, createReadStream(join(folder, OBJECTS_FOLDER, key)), { contentType });
    report(STEP, ++done, objects.count);
  };
  for await (const lines of linesOf(folder, OBJECTS_FILE)) {
    const listed = lines.map((line) => JSON.parse(line) as ListedFile);
    for (let at = 0; at < listed.length; at += AT_ONCE) await Promise.all(listed.slice(at, at + AT_ONCE).map(put));
  }
}
