import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlazaError } from '#platform/errors/errors.ts';

/** Makes a change of names in a folder outlive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes a folder and those above it, durably. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first) return;
  }
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** A full disk or one that cannot be written is no fault of the request. */
export function asUnavailable(error: unknown): unknown {
  if (!hasCode(error, 'ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE')) return error;
  return new PlazaError('unavailable', 'The media folder cannot be written now', { cause: error });
}
