import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Check } from 'typebox/value';

const Chunk = Type.Object({
  file: Type.String(),
  imports: Type.Optional(Type.Array(Type.String())),
  css: Type.Optional(Type.Array(Type.String())),
});
const Manifest = Type.Record(Type.String(), Chunk);
export type Manifest = Static<typeof Manifest>;

/** What the build begins with. */
const ENTRY = 'src/main.tsx';

/** What a page names: paths of the script, of the scripts that it imports at once, and of styles. */
export interface PageFiles {
  readonly script: string;
  readonly imports: readonly string[];
  readonly styles: readonly string[];
}

/**
 * Vite's manifest of a built client; undefined where there is none.
 * @throws Error where there is something else in its place
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, '.vite/manifest.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const manifest = parse(text);
  if (!Check(Manifest, manifest) || manifest[ENTRY] === undefined) {
    throw new Error(`${path} is no manifest of a built client: remove its folder and build it anew.`);
  }
  return manifest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The entry with everything that it needs before it can run, so that browsers fetch all of it at once. */
export function entryOf(manifest: Manifest, files: ReadonlyMap<string, unknown>): PageFiles {
  const styles = new Set<string>();
  const scripts = new Set<string>();
  const seen = new Set<string>();
  const waiting = [ENTRY];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = manifest[name];
    if (chunk === undefined || seen.has(name)) continue;
    seen.add(name);
    scripts.add(`/${chunk.file}`);
    for (const style of chunk.css ?? []) styles.add(`/${style}`);
    waiting.push(...(chunk.imports ?? []));
  }
  const [script, ...imports] = scripts;
  for (const path of [...scripts, ...styles]) {
    if (!files.has(path)) throw new Error(`The built client has no ${path}, which its manifest names: build it anew.`);
  }
  return { script: script!, imports, styles: [...styles] };
}
