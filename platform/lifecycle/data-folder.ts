import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from './start-error.ts';

/** Takes a lock that ends with the process; undefined when another process has it. */
export type FileLocker = (path: string) => { release(): void } | undefined;

export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** The version that wrote the data, or undefined in a new folder. */
  readonly storedVersion: number | undefined;
  /** To be called when the data has been brought to this version. */
  recordVersion(version: number): void;
  /** Lets other processes in. */
  release(): void;
}

export interface DataFolderOptions {
  readonly lock: FileLocker;
  /** The newest data version that this program knows. */
  readonly version: number;
  /** Shown to whoever tries to use the same folder. */
  readonly processId: number;
}

/**
 * Makes the folder if there is none (for its owner only), keeps every other process out of it, and looks whether it can be written and understood.
 * @throws StartError with one line that says the mend
 */
export function openDataFolder(path: string, options: DataFolderOptions): DataFolder {
  const folder = resolve(path);
  makeFolder(folder);
  const lock = takeLock(folder, options.lock);
  const processFile = join(folder, 'plaza.pid');
  try {
    replaceFile(processFile, `${options.processId}\n`);
    const storedVersion = readVersion(folder, options.version);
    return {
      path: folder,
      storedVersion,
      recordVersion: (version) => replaceFile(join(folder, 'data-version'), `${version}\n`),
      release() {
        rmSync(processFile, { force: true });
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(folder, (error as NodeJS.ErrnoException).code ?? 'unknown error');
  }
}

function takeLock(folder: string, locker: FileLocker): { release(): void } {
  let lock: ReturnType<FileLocker>;
  try {
    lock = locker(join(folder, 'plaza.lock'));
  } catch (error) {
    throw unusable(folder, (error as Error).message);
  }
  if (lock !== undefined) return lock;
  throw new StartError(
    `The data folder ${folder} is in use by another Plaza${holderOf(folder)}: stop it, or set PLAZA_DATA to another folder.`,
  );
}

function holderOf(folder: string): string {
  try {
    return ` (process ${readFileSync(join(folder, 'plaza.pid'), 'utf8').trim()})`;
  } catch {
    return '';
  }
}

function readVersion(folder: string, known: number): number | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, 'data-version'), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(folder, (error as Error).message);
  }
  const version = Number(text);
  if (!/^[0-9]+$/.test(text)) {
    throw new StartError(
      `${join(folder, 'data-version')} is damaged: restore a backup, or write ${known} into it if you are sure.`,
    );
  }
  if (version > known) {
    throw new StartError(
      `The data folder ${folder} was written by a newer Plaza (data version ${version}, this one knows ${known}): use that one, or restore a backup.`,
    );
  }
  return version;
}

/** Old or new, never half. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

function unusable(folder: string, reason: string): StartError {
  return new StartError(
    `The data folder ${folder} cannot be used (${reason}): mend it, or set PLAZA_DATA to a folder that Plaza may write to.`,
  );
}
