import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup } from 'node:sqlite';
import { PlazaError } from '#platform/errors/errors.ts';
import { openReaderConnection } from './connection.ts';
import { makeOwnFile } from './own-file.ts';

/** Pages that are copied at a time, off the calling thread. */
const PAGES_PER_STEP = 1_000;

export interface BackupOptions {
  readonly pagesPerStep?: number;
  /** Told after each step but the last. */
  readonly onStep?: (remainingPages: number) => void;
}

/**
 * Copies the file as it was at the start, while writes go on. The path appears when the copy is whole and synced. A read transaction is held
 * throughout: without it the copy would start again whenever somebody writes, and under load never end.
 */
export async function backupFile(source: string, target: string, options: BackupOptions = {}): Promise<void> {
  if (existsSync(target)) throw new PlazaError('conflict', `${target} exists already; name a free path for the backup`);
  const part = `${target}.part`;
  await rm(part, { force: true });
  await makeOwnFile(part);
  const db = openReaderConnection(source);
  try {
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(db, part, {
      rate: options.pagesPerStep ?? PAGES_PER_STEP,
      progress: ({ remainingPages }) => options.onStep?.(remainingPages),
    });
  } finally {
    db.close();
  }
  await rename(part, target);
  const folder = await open(dirname(target), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
