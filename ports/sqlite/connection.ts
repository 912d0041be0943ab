import { DatabaseSync } from 'node:sqlite';

export type Synchronous = 'FULL' | 'NORMAL';

export interface WriterSettings {
  readonly path: string;
  readonly synchronous: Synchronous;
  /** Largest size of the file, in pages of {@link PAGE_SIZE_BYTES}. Beyond it a write fails as on a full disk. */
  readonly maxPages?: number;
}

/** A fan-out touches a page per reader: smaller pages put fewer bytes into the log than larger ones (see docs/decisions/embedded-sqlite.md). */
export const PAGE_SIZE_BYTES = 4_096;
/** How long a connection waits for another program's lock (a backup tool, a shell). */
const BUSY_TIMEOUT_MS = 5_000;
const WRITER_CACHE_KIB = 64 * 1_024;
const READER_CACHE_KIB = 16 * 1_024;
/** Reads take pages of the file from the system's cache without a copy. */
const MMAP_BYTES = 1_024 * 1_024 * 1_024;
/**
 * Pages in the log before it is folded into the file. What people wait for (FULL) folds often and pauses shortly; what is derived (NORMAL) folds
 * seldom, because a page that was written ten times in between is then folded once.
 */
const CHECKPOINT_PAGES = { FULL: 4_000, NORMAL: 16_000 } as const;
const LOG_SIZE_LIMIT_BYTES = 128 * 1_024 * 1_024;

export function openWriterConnection(settings: WriterSettings): DatabaseSync {
  const db = new DatabaseSync(settings.path, { timeout: BUSY_TIMEOUT_MS });
  db.exec(`PRAGMA page_size = ${PAGE_SIZE_BYTES}`);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec(`PRAGMA synchronous = ${settings.synchronous}`);
  db.exec('PRAGMA foreign_keys = ON');
  db.exec('PRAGMA trusted_schema = OFF');
  db.exec('PRAGMA temp_store = MEMORY');
  db.exec(`PRAGMA cache_size = -${WRITER_CACHE_KIB}`);
  db.exec(`PRAGMA mmap_size = ${MMAP_BYTES}`);
  db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES[settings.synchronous]}`);
  db.exec(`PRAGMA journal_size_limit = ${LOG_SIZE_LIMIT_BYTES}`);
  if (settings.maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${settings.maxPages}`);
  return db;
}

/** A connection that cannot write. The file must exist. */
export function openReaderConnection(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  db.exec('PRAGMA trusted_schema = OFF');
  db.exec('PRAGMA temp_store = MEMORY');
  db.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}`);
  db.exec(`PRAGMA mmap_size = ${MMAP_BYTES}`);
  return db;
}

/** Folds the whole log into the file and closes it. Other connections of this process must be closed before. */
export function closeWriterConnection(db: DatabaseSync): void {
  db.exec('PRAGMA analysis_limit = 400');
  db.exec('PRAGMA optimize');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
