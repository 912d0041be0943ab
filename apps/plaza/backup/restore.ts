import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '#platform/config/config.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Report } from '../operator/command.ts';
import { keepsOnServers } from './back-up-here.ts';
import { copyFiles, sha256Of } from './copy-tree.ts';
import { MANIFEST_FILE, type Manifest } from './layout.ts';
import type { ServersManifest } from './servers/layout.ts';

/**
 * Brings a backup back to where the settings say that the data is: an empty data folder, or empty servers. Gives a line to print.
 */
export async function restoreBackup(config: Config, backup: string, report: Report): Promise<string> {
  const manifest = await readManifest(resolve(backup));
  const onServers = keepsOnServers(config);
  if (manifest.of === 'servers') {
    if (!onServers) {
      throw new PlazaError(
        'conflict',
        `${resolve(backup)} was made of servers: set PLAZA_RELATIONAL_URL, PLAZA_WIDE_COLUMN_URL, PLAZA_EVENT_BUS_URL and PLAZA_OBJECT_STORE_URL.`,
      );
    }
    const { restoreServers } = await import('./servers/restore-servers.ts');
    const { files } = await restoreServers(config, backup, manifest, report);
    return `Restored ${files} files into the servers. Empty the cache, then start the services.`;
  }
  if (onServers) {
    throw new PlazaError(
      'conflict',
      `${resolve(backup)} was made of a data folder: restore it without PLAZA_RELATIONAL_URL and the other addresses of servers.`,
    );
  }
  const { files, folder } = await restore(resolve(backup), manifest, config.data, report);
  return `Restored ${files} files into ${folder}`;
}

/**
 * Brings a backup back into a data folder that is empty or missing. Every file is checked against the manifest before anything is put in place, so
 * a damaged backup changes nothing.
 */
async function restore(
  from: string,
  manifest: Manifest,
  dataFolder: string,
  report: Report,
): Promise<{ folder: string; files: number }> {
  const to = resolve(dataFolder);
  await requireEmpty(to);
  const names = Object.keys(manifest.files);
  const staging = `${to}.restoring`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  try {
    await copyFiles(from, staging, names, (done) => report('Copying', done, names.length));
    for (const [index, name] of names.entries()) {
      if ((await sha256Of(join(staging, name)).catch(() => '')) !== manifest.files[name]) {
        throw new PlazaError('conflict', `${join(from, name)} is damaged or missing: nothing was restored.`);
      }
      report('Checking', index + 1, names.length);
    }
    await rm(to, { recursive: true, force: true });
    await rename(staging, to);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
  return { folder: to, files: names.length };
}

async function readManifest(folder: string): Promise<Manifest | ServersManifest> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST_FILE), 'utf8')) as Manifest | ServersManifest;
    if (manifest.format === 1) return manifest;
  } catch {
    throw new PlazaError('not_found', `${folder} is not a whole backup: it has no ${MANIFEST_FILE} that can be read.`);
  }
  throw new PlazaError('conflict', `${folder} was made by a newer Plaza: restore it with that one.`);
}

async function requireEmpty(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (found.length > 0) {
    throw new PlazaError('conflict', `${folder} is not empty: restore into a new folder, or move this one away first.`);
  }
}
