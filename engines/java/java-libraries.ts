import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/engines/java', import.meta.url));
const DOWNLOAD_TIMEOUT_MS = 600_000;
const POLL_MS = 200;

/**
 * The folder with all jars that the `pom.xml` in `pomFolder` depends on, fetched with Maven the first time and kept under
 * `node_modules/.cache`. Another `pom.xml` gives another folder. Several processes may ask at once: one fetches, the others wait.
 * @param name names the folder: `kafka`
 * @throws Error when Maven is not installed or cannot fetch them
 */
export async function javaLibraries(name: string, pomFolder: string): Promise<string> {
  const pom = join(pomFolder, 'pom.xml');
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `${name}-${version}`);
  mkdirSync(CACHE, { recursive: true });
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (!take(lock)) {
      await pause(POLL_MS);
      continue;
    }
    try {
      if (!existsSync(folder)) await fetchInto(folder, pom);
    } finally {
      rmSync(lock, { force: true });
    }
  }
  return folder;
}

/** The folder appears under its name only when it is whole. */
async function fetchInto(folder: string, pom: string): Promise<void> {
  const unfinished = mkdtempSync(`${folder}-`);
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`, '-DincludeScope=runtime'];
  try {
    await run('mvn', ['-B', '-q', '-f', pom, ...goal], { timeout: DOWNLOAD_TIMEOUT_MS });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw mavenError(pom, error);
  }
}

function mavenError(pom: string, error: unknown): Error {
  const { code, stdout, message } = error as { code?: unknown; stdout?: string; message: string };
  if (code === 'ENOENT') return new Error('Maven is not installed: apt-get install maven.');
  const reason = stdout?.split('\n').find((line) => line.startsWith('[ERROR]')) ?? message;
  return new Error(`Maven could not fetch what ${pom} names: ${reason}`, { cause: error });
}

/** Whether the lock is this process's now. One that a dead process left behind is taken away. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!ownerLives(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function ownerLives(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Empty for a moment, between its making and the writing of the pid.
    if (pid === 0) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
