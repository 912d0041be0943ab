import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { PageAssets } from '../markup/layout.ts';

export interface AssetFile {
  /** With a hash of the content in it: what stands there never changes. */
  readonly url: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface Assets {
  readonly files: readonly AssetFile[];
  readonly addresses: PageAssets;
}

/** Reads the files that pages use. */
export async function loadAssets(): Promise<Assets> {
  const [styles, open, icon] = await Promise.all([
    load('pages', 'css', 'text/css; charset=utf-8'),
    load('open', 'css', 'text/css; charset=utf-8'),
    load('icon', 'svg', 'image/svg+xml'),
  ]);
  return { files: [styles, open, icon], addresses: { styles: styles.url, open: open.url, icon: icon.url } };
}

async function load(name: string, ending: string, contentType: string): Promise<AssetFile> {
  const bytes = await readFile(new URL(`../../assets/${name}.${ending}`, import.meta.url));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  return { url: `/assets/${name}-${hash}.${ending}`, contentType, bytes };
}
