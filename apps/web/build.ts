import { join } from 'node:path';
import { build } from 'vite';
import { buildWorker } from './build-worker.ts';
import { compressFolder } from './compress.ts';
import { generateTypes } from './generate.ts';
import { drawIcons } from './icons.ts';

const ROOT = import.meta.dirname;
const DIST = join(ROOT, 'dist');

/** Builds the browser client into `apps/web/dist`: types of the API, hashed files, icons, the service worker that knows the files, and their compressed forms. */
await generateTypes();
await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' });
await drawIcons(join(ROOT, 'public/icon.svg'), join(DIST, 'icons'));
await buildWorker(ROOT, DIST);
await compressFolder(DIST);
