// Brings node_modules to what package-lock.json says. Plain JavaScript: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Runs `npm ci` with one line of progress; what npm says is shown only when it fails. */
export async function installDependencies(root) {
  const startedAt = process.hrtime.bigint();
  const seconds = () => Number((process.hrtime.bigint() - startedAt) / 1_000_000_000n);
  const stream = process.stderr;
  const show = () => stream.write(`\rInstalling dependencies … ${seconds()} s `);
  if (stream.isTTY) show();
  else stream.write('Installing dependencies …\n');
  const timer = stream.isTTY ? setInterval(show, 1_000) : undefined;
  const { code, output } = await npm(root, [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ]);
  clearInterval(timer);
  if (stream.isTTY) stream.write('\r\u001b[K');
  if (code === 0) return void stream.write(`Installed dependencies in ${seconds()} s.\n`);
  const last = output.trim().split('\n').slice(-15).join('\n');
  throw new Error(
    `${last}\nThe dependencies could not be installed (npm ci failed): look at the lines above, check the network, and start again.`,
  );
}

function npm(root, args) {
  // npm names itself to the scripts that it runs; on Windows the command of that name needs a shell.
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: `npm cannot be run: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
