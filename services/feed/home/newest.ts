import type { Entry } from '../entries/entry.ts';

/** The newest stored entries of one home: all that are stored with ids at or above `from`, newest first. */
export interface Newest {
  readonly entries: readonly Entry[];
  readonly from: string;
}

/** Holds the newest entries of homes, so that most reads need no store. Never the only copy. */
export interface NewestEntries {
  /** What is held, or what `load` gives, which is then held. */
  get(readerId: string, load: () => Promise<Newest>): Promise<Newest>;
  /** Tells of entries that were just stored. */
  added(readerIds: readonly string[], entry: Entry): Promise<void>;
  forget(readerId: string): Promise<void>;
}

/** Entries of a home that are worth holding: two pages and what folding looks ahead. */
export const NEWEST_KEPT = 100;
