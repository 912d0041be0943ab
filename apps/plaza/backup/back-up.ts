import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock/clock.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import type { BackupSummary, Report } from '../operator/command.ts';
import { copyFiles, filesBelow, sha256Of } from './copy-tree.ts';
import {
  CORE_FILE,
  DERIVED_FILE,
  KEYS_FOLDER,
  MANIFEST_FILE,
  type Manifest,
  OBJECTS_FOLDER,
  VERSION_FILE,
} from './layout.ts';
import { newFolder } from './new-folder.ts';

export interface BackupSource {
  readonly dataFolder: string;
  readonly core: SqliteFile;
  readonly derived: SqliteFile;
  /** While it runs, no object disappears. */
  holdDeletions<R>(work: () => Promise<R>): Promise<R>;
  readonly dataVersion: number;
  readonly clock: Clock;
}

/**
 * A consistent copy while writes pour in. `derived` first, so that its offsets are not ahead of the log in `core`: what lies between is handled
 * again, which changes nothing. Media last and with deletions held: a row never names a file that is not there.
 */
export async function backUp(source: BackupSource, folder: string, report: Report): Promise<BackupSummary> {
  const target = await newFolder(folder);
  return await source.holdDeletions(async () => {
    const names: string[] = [];
    report('Database', 0, 2);
    await source.derived.backup(join(target, DERIVED_FILE));
    report('Database', 1, 2);
    await source.core.backup(join(target, CORE_FILE));
    report('Database', 2, 2);
    names.push(DERIVED_FILE, CORE_FILE);
    for (const part of [KEYS_FOLDER, OBJECTS_FOLDER]) {
      const files = await filesBelow(join(source.dataFolder, part));
      const copied = await copyFiles(join(source.dataFolder, part), join(target, part), files, (done) =>
        report(part === KEYS_FOLDER ? 'Keys' : 'Media', done, files.length),
      );
      names.push(...copied.map((name) => join(part, name)));
    }
    names.push(...(await copyFiles(source.dataFolder, target, [VERSION_FILE], () => {})));
    return await seal(target, names, source, report);
  });
}

async function seal(target: string, names: string[], source: BackupSource, report: Report): Promise<BackupSummary> {
  const files: Record<string, string> = {};
  let sizeBytes = 0;
  for (const [index, name] of names.entries()) {
    files[name] = await sha256Of(join(target, name));
    sizeBytes += (await stat(join(target, name))).size;
    report('Checksums', index + 1, names.length);
  }
  const manifest: Manifest = {
    format: 1,
    createdAt: new Date(source.clock.now()).toISOString(),
    dataVersion: source.dataVersion,
    files,
  };
  await writeFile(join(target, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  return { folder: target, files: names.length, sizeBytes };
}
