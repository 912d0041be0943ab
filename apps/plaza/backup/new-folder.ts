import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PlazaError } from '#platform/errors/errors.ts';

/**
 * Makes the folder of a backup, for its owner only. Gives its whole path.
 * @throws PlazaError `conflict` when it exists: nothing is written over
 */
export async function newFolder(folder: string): Promise<string> {
  const target = resolve(folder);
  await mkdir(join(target, '..'), { recursive: true });
  try {
    await mkdir(target, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new PlazaError('conflict', `${target} exists already: name a folder that does not.`);
  }
  return target;
}
