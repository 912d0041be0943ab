// Brings the built browser client to what its sources say. Plain JavaScript that older versions of Node can run.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, outcomeOf, withProgress } from './progress.mjs';

const FOLDER = 'apps/web';
/** Rules of the server that the client follows too. */
const POLICIES = 'policies';
const STAMP = `${FOLDER}/dist/.built-from`;
/** Below the folder of the client, but no source of it. */
const MADE = ['dist', 'generated', 'node_modules'];

/** What the client is built from, as a hash: its own files, the document of the API, and the packages of the build. Undefined where there is no client. */
export function clientSources(root) {
  if (!existsSync(join(root, FOLDER, 'build.ts'))) return undefined;
  const hash = createHash('sha256');
  for (const path of [...sourcesBelow(root, FOLDER), ...sourcesBelow(root, POLICIES)]) {
    hash.update(`${path}\0`);
    hash.update(readFileSync(join(root, path)));
  }
  hash.update(readFileSync(join(root, 'contracts/api/openapi.json')));
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  hash.update(JSON.stringify(devDependencies));
  return hash.digest('hex');
}

/** Whether what lies built is of these sources. The stamp is written last, so a build that was cut short has none. */
export function clientIsBuilt(root, sources) {
  try {
    return readFileSync(join(root, STAMP), 'utf8') === sources;
  } catch {
    return false;
  }
}

/** Builds the client under `node`, with one line of progress; what the build says is shown only when it fails. */
export async function buildClient(root, sources, node) {
  await withProgress('Building the web client', 'Built the web client', async () => {
    const { code, output } = await outcomeOf(node, [join(root, FOLDER, 'build.ts')], { cwd: root });
    if (code !== 0) {
      throw new Error(
        `${lastLines(output)}\nThe web client could not be built (${FOLDER}/build.ts failed): mend what the lines above say, and start again.`,
      );
    }
  });
  writeFileSync(join(root, STAMP), sources);
}

function sourcesBelow(root, folder) {
  const found = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!(folder === FOLDER && MADE.includes(entry.name))) found.push(...sourcesBelow(root, path));
    } else if (!entry.name.endsWith('.test.ts')) found.push(path);
  }
  // In one order everywhere, whatever the file system says.
  return found.sort();
}
