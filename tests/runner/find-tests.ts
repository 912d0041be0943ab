import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Folders in which nothing of ours is to be found. */
const NOT_OURS = new Set(['node_modules', '.git', 'data', 'cluster-data', 'results', 'dist', 'generated']);

/** Every file of the project, as paths relative to `root`, in order. */
export function projectFiles(root: string, folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : projectFiles(root, path);
      return entry.isFile() ? [relative(root, path).replaceAll('\\', '/')] : [];
    });
}

export function findTests(root: string): string[] {
  return projectFiles(root).filter((path) => path.endsWith('.test.ts'));
}
