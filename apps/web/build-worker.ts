import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Builds the service worker into one file at the root of the client, beside whose pages it stands. It is told the names of the files that were built, which makes it another
 * worker whenever one of them is another file.
 */
export async function buildWorker(root: string, folder: string): Promise<void> {
  const assets = readdirSync(join(folder, 'assets'))
    .filter((name) => /\.(js|css|woff2)$/.test(name))
    .sort();
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    define: { BUILT_ASSETS: JSON.stringify(assets) },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: join(root, 'src/worker/worker.ts'),
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  });
}
