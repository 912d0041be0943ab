import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock/clock.ts';
import { type DataFolder, openDataFolder } from '#platform/lifecycle/data-folder.ts';
import { lockFile } from '#ports/sqlite/file-lock.ts';
import { copyFiles, filesBelow } from './backup/copy-tree.ts';
import { CORE_FILE, DERIVED_FILE, KEYS_FOLDER, VERSION_FILE } from './backup/layout.ts';

/** Grows with every change of the tables that an older program could not read. */
export const DATA_VERSION = 1;

/** Below the data folder: what stood there before each upgrade. */
const BEFORE_UPGRADES = 'before-upgrades';

/** Locks the data folder for this process. Data of an older version is copied aside first, since what follows will change it. */
export async function claimDataFolder(path: string, clock: Clock): Promise<DataFolder> {
  const folder = openDataFolder(path, { lock: lockFile, version: DATA_VERSION, processId: process.pid });
  try {
    const { storedVersion } = folder;
    if (storedVersion !== undefined && storedVersion < DATA_VERSION) await copyAside(folder, storedVersion, clock);
    return folder;
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** The databases, their logs and the keys. Media is left out: upgrades do not touch it, and it may be large. */
async function copyAside(folder: DataFolder, version: number, clock: Clock): Promise<void> {
  const stamp = new Date(clock.now()).toISOString().replaceAll(':', '-');
  const target = join(folder.path, BEFORE_UPGRADES, `version-${version}-${stamp}`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  const databases = [CORE_FILE, DERIVED_FILE].flatMap((name) => [name, `${name}-wal`]);
  const keys = (await filesBelow(join(folder.path, KEYS_FOLDER))).map((name) => join(KEYS_FOLDER, name));
  await copyFiles(folder.path, target, [VERSION_FILE, ...databases, ...keys], () => {});
}
