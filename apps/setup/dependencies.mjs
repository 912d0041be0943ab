// Brings node_modules to what package-lock.json says. Plain JavaScript: it runs before anything is installed.
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { lastLines, outcomeOf, withProgress } from './progress.mjs';

/** Whether a package of the lockfile is not installed in its version. `withTools`: packages for development count too. */
export function dependenciesAreMissing(root, withTools) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (wanted === undefined)
    throw new Error('package-lock.json is missing or damaged: get it back with git checkout package-lock.json.');
  // npm writes this list when it has finished, so an install that was cut short has none.
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'));
  if (installed === undefined) return true;
  return Object.entries(wanted).some(([path, entry]) => {
    if (path === '') return false;
    const found = installed[path];
    if (found !== undefined) return found.version !== entry.version || found.integrity !== entry.integrity;
    if (entry.optional || entry.devOptional) return isForThisMachine(entry) && !(entry.dev && !withTools);
    return !(entry.dev && !withTools);
  });
}

/**
 * Whether an optional package was made for machines like this one, such as compiled code. npm says nothing when it could not get such a package, and what needs it
 * then fails when it is used.
 */
function isForThisMachine({ os, cpu, libc }) {
  if (!os?.includes(process.platform) || !cpu?.includes(process.arch)) return false;
  return libc === undefined || libc.includes(ownLibc());
}

let knownLibc;

function ownLibc() {
  if (knownLibc === undefined) {
    // Without it, the report asks for the names of all peers.
    process.report.excludeNetwork = true;
    knownLibc = process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  }
  return knownLibc;
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs `npm ci` under a Node, with one line of progress; what npm says is shown only when it fails. */
export async function installDependencies(root, node = process.execPath) {
  const what = node === process.execPath ? 'dependencies' : 'what needs the newer Node';
  await withProgress(`Installing ${what}`, `Installed ${what}`, async () => {
    const { code, output } = await npm(root, node, [
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
    ]);
    if (code === 0) return;
    throw new Error(
      `${lastLines(output)}\nThe dependencies could not be installed (npm ci failed): look at the lines above, check the network, and start again.`,
    );
  });
}

function npm(root, node, args) {
  // npm names itself to the scripts that it runs; on Windows the command of that name needs a shell.
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('.js') ? [node, [own]] : ['npm', []];
  return outcomeOf(command, [...first, ...args], {
    cwd: root,
    // What npm's own file names as its interpreter is the first Node of the path.
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
    shell: process.platform === 'win32' && command === 'npm',
  });
}
