/**
 * What processes do with the two forms of a table. The numbers are in the store; a step goes from one to its neighbour, and only when every process
 * is known to do as the present one says. So at any time processes differ by one step at most, and for any two neighbours it holds that whatever
 * one of them reads is written by both.
 */
export const PHASES = [
  { name: 'old form only', writesOld: true, writesNew: false, reads: 'old' },
  { name: 'write both', writesOld: true, writesNew: true, reads: 'old' },
  { name: 'read new', writesOld: true, writesNew: true, reads: 'new' },
  { name: 'new form only', writesOld: false, writesNew: true, reads: 'new' },
] as const;

export const OLD_ONLY = 0;
export const WRITE_BOTH = 1;
export const READ_NEW = 2;
export const NEW_ONLY = 3;

export type Phase = 0 | 1 | 2 | 3;

/** Where a migration stands. */
export interface MigrationState {
  readonly name: string;
  readonly phase: Phase;
  /** Grows by one with each change of the phase: what processes acknowledge. */
  readonly step: number;
  /** While both forms are written: whether the one that is not read has everything. */
  readonly filled: boolean;
  /** Where the copy goes on; null before its first page. */
  readonly cursor: string | null;
  /** Partitions copied, and about how many there are. */
  readonly done: number;
  readonly total: number;
}

export function isUnderWay({ phase }: MigrationState): boolean {
  return phase === WRITE_BOTH || phase === READ_NEW;
}
