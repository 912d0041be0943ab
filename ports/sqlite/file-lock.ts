import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/** Keeps what is locked from the garbage collector, which would close it. */
const held = new Set<DatabaseSync>();

/**
 * Locks a file against every other process, and against a second lock in this one. The operating system lets go of it when the process ends, however it
 * ends. Node has no file locks of its own; a transaction on an empty SQLite file is one. Undefined when somebody else holds it.
 */
export function lockFile(path: string): FileLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  held.add(database);
  return {
    release() {
      if (held.delete(database)) database.close();
    },
  };
}
