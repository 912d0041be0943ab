import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Random, randomToken } from '#platform/random/random.ts';
import { asUnavailable, hasCode, makeFolder, syncFolder } from './durable.ts';
import { TEMPORARY } from './layout.ts';
import { writeTrailer } from './trailer.ts';

/** A folder may be removed as empty between making it and moving a file into it. */
const MOVE_ATTEMPTS = 5;

export interface Upload {
  readonly temporaryPath: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

/** Writes bytes and trailer to a temporary file and syncs it. Nothing is left of an upload that fails. */
export async function upload(
  root: string,
  body: Uint8Array | Readable,
  trailer: { contentType: string; modifiedMs: number },
  random: Random,
): Promise<Upload> {
  const temporaryPath = join(root, TEMPORARY, randomToken(random, 18));
  let file: FileHandle | undefined;
  try {
    file = await open(temporaryPath, 'wx', 0o600);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(bytes);
      await writeAll(file, bytes);
      sizeBytes += bytes.length;
    }
    const etag = hash.digest('hex').slice(0, 32);
    await writeAll(file, writeTrailer({ ...trailer, etag }));
    await file.sync();
    await file.close();
    return { temporaryPath, sizeBytes, etag };
  } catch (error) {
    await file?.close().catch(() => {});
    await rm(temporaryPath, { force: true }).catch(() => {});
    throw asUnavailable(error);
  }
}

/** Moves an upload to its place, durably. */
export async function moveInto(temporaryPath: string, path: string): Promise<void> {
  const folder = dirname(path);
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(temporaryPath, path);
      break;
    } catch (error) {
      if (!hasCode(error, 'ENOENT') || attempt >= MOVE_ATTEMPTS) {
        await rm(temporaryPath, { force: true }).catch(() => {});
        throw asUnavailable(error);
      }
      await makeFolder(folder);
    }
  }
  await syncFolder(folder);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, from, bytes.length - from);
    from += bytesWritten;
  }
}
