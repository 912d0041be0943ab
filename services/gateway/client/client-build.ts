import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Coding } from '../http/accepted-encoding.ts';
import { etagOf } from '../http/etag.ts';
import { CONTENT_TYPES, endingOf } from './content-types.ts';
import { entryOf, type PageFiles, readManifest } from './manifest.ts';
import { namedAfter } from './web-manifest.ts';

/** A file of the client as it is sent. */
export interface ClientFile {
  readonly contentType: string;
  /** Whether its name holds a hash of its content: what stands there never changes. */
  readonly hashed: boolean;
  /** By coding; `identity` is always there. */
  readonly forms: Readonly<Partial<Record<Coding, Form>> & Record<'identity', Form>>;
}

export interface Form {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** The built browser client, in memory. */
export interface ClientBuild {
  /** By path: `/assets/main-1a2b3c4d.js`, `/sw.js`. */
  readonly files: ReadonlyMap<string, ClientFile>;
  /** What a page names so that the client starts. */
  readonly page: PageFiles;
}

/** Far more than a client has; a folder that holds more is not one. */
const MAX_BYTES = 64 * 1024 * 1024;
const CODING_ENDINGS: Readonly<Record<Coding, string>> = { br: '.br', gzip: '.gz' };

/**
 * Reads the client that was built into `folder`: Vite's manifest in `.vite/`, hashed files in `assets/`, and beside each the compressed forms that the build made. Undefined
 * where nothing was built. All of it is kept in memory, so that a build which replaces the folder meanwhile changes nothing for those who have the page open.
 * @param title what the place is called: an installed client bears that name
 */
export async function loadClient(folder: string, title: string): Promise<ClientBuild | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return undefined;
  const bytes = await readAll(folder);
  const files = new Map<string, ClientFile>();
  for (const [path, content] of bytes) {
    const contentType = CONTENT_TYPES[endingOf(path)];
    if (contentType === undefined) continue;
    files.set(path, {
      contentType,
      hashed: path.startsWith('/assets/'),
      forms: path.endsWith('.webmanifest')
        ? { identity: formOf(namedAfter(title, content)) }
        : {
            identity: formOf(content),
            ...codedForm('br', bytes.get(path + CODING_ENDINGS.br)),
            ...codedForm('gzip', bytes.get(path + CODING_ENDINGS.gzip)),
          },
    });
  }
  return { files, page: entryOf(manifest, files) };
}

function codedForm(coding: Coding, bytes: Buffer | undefined): Partial<Record<Coding, Form>> {
  return bytes === undefined ? {} : { [coding]: formOf(bytes) };
}

function formOf(bytes: Buffer): Form {
  return { bytes, etag: etagOf(bytes) };
}

/** Every file by its path, but what begins with a dot: that is of the build. */
async function readAll(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = new Map<string, Buffer>();
  let total = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const parts = relative(folder, full).split(sep);
    if (parts.some((part) => part.startsWith('.'))) continue;
    const bytes = await readFile(full);
    total += bytes.length;
    if (total > MAX_BYTES) throw new Error(`${folder} holds more than a built client: build it anew.`);
    found.set(`/${parts.join('/')}`, bytes);
  }
  return found;
}
