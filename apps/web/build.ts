import { join } from 'node:path';
import { build } from 'vite';
import { compressFolder } from './compress.ts';
import { generateTypes } from './generate.ts';

/** Builds the browser client into `apps/web/dist`: types of the API, hashed files, and their compressed forms. */
await generateTypes();
await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'error' });
await compressFolder(join(import.meta.dirname, 'dist'));
