import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export const SCRIPT = '/assets/main-1a2b3c4d.js';
const SCRIPT_TEXT = `document.documentElement.dataset.started = JSON.parse(document.getElementById('plaza-boot').textContent).instance.title;\n`;

/** What stands in the folder of a small client, by path. */
export const BUILT: Readonly<Record<string, string>> = {
  '.vite/manifest.json': JSON.stringify({
    'src/main.tsx': {
      file: SCRIPT.slice(1),
      isEntry: true,
      imports: ['_shared.js'],
      dynamicImports: ['src/later.tsx'],
      css: ['assets/main-5e6f7a8b.css'],
    },
    '_shared.js': { file: 'assets/shared-9c0d1e2f.js', imports: ['src/main.tsx'] },
    'src/later.tsx': { file: 'assets/later-0a1b2c3d.js', css: ['assets/later-4e5f6a7b.css'] },
  }),
  [SCRIPT.slice(1)]: SCRIPT_TEXT,
  'assets/shared-9c0d1e2f.js': 'export {};\n',
  'assets/later-0a1b2c3d.js': 'export {};\n',
  'assets/main-5e6f7a8b.css': '#app { display: block; }\n',
  'assets/later-4e5f6a7b.css': '',
  'assets/notes.txt': 'no file of a client\n',
  'sw.js': 'self.skipWaiting();\n',
  'manifest.webmanifest': JSON.stringify({ name: 'Built', short_name: 'Built', start_url: '/', icons: [] }),
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
};

/** The folder of a client as the build leaves it; scripts have their compressed forms beside them. It is removed after the tests of the current `describe`. */
export function builtClient(files: Readonly<Record<string, string>> = BUILT): string {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-client-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    if (!path.endsWith('.js')) continue;
    writeFileSync(`${full}.br`, brotliCompressSync(text));
    writeFileSync(`${full}.gz`, gzipSync(text));
  }
  return folder;
}
