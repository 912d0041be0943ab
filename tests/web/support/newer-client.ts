import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../apps/web/dist', import.meta.url));

/** The built client as a newer build of it would be, in a folder of its own: each of its files bears another name, wherever it is named. */
export async function newerClient(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-client-'));
  await cp(BUILT, folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  const assets = new Set(await readdir(join(folder, 'assets')));
  const newer = (name: string) => (assets.has(name) ? `newer-${name}` : name);
  for (const path of await readdir(folder, { recursive: true })) {
    if (!/\.(js|css|json)$/.test(path)) continue;
    const text = await readFile(join(folder, path), 'utf8');
    await writeFile(join(folder, path), text.replace(/[\w.-]+/g, newer));
  }
  for (const name of assets) await rename(join(folder, 'assets', name), join(folder, 'assets', newer(name)));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
