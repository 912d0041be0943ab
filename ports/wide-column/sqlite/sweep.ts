import type { Clock } from '#platform/clock/clock.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';

/**
 * How long an expired row or a tombstone stays before it is purged: ten days, as CQL's usual `gc_grace_seconds`. While it is there, an older
 * write that lands late finds a newer version and changes nothing. Ten days are safe because what can land late is bounded: a call's retries end with its
 * deadline, and a consumer's offset stands in the same file as its rows, so that after any sleep it repeats at most one batch, in order, and the
 * removal follows the put again. The one fact that no repetition may ever undo, a final removal from core, has no end and is not purged.
 */
export const GRACE_MS = 10 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;
/** Rows per job: some milliseconds of the writer's time. */
const ROWS_PER_JOB = 1_000;

export interface Sweepable {
  readonly file: SqliteFile;
  /** Takes a time and a limit. */
  readonly purge: string;
}

/** Purges what ended long ago; gives the number of rows. */
export async function sweep(tables: readonly Sweepable[], nowMs: number, signal?: AbortSignal): Promise<number> {
  let purged = 0;
  for (const { file, purge } of tables) {
    let changed = ROWS_PER_JOB;
    while (changed === ROWS_PER_JOB && !signal?.aborted) {
      const [outcome] = await file.write([{ sql: purge, parameters: [nowMs - GRACE_MS, ROWS_PER_JOB] }]);
      changed = outcome!.changed;
      purged += changed;
    }
  }
  return purged;
}

/** Sweeps every hour until it is aborted. A sweep that fails is tried again an hour later; the file itself tells its owner when it has failed. */
export async function keepSweeping(
  tables: () => readonly Sweepable[],
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.wait(SWEEP_EVERY_MS, signal);
    if (!signal.aborted) await sweep(tables(), clock.now(), signal).catch(() => 0);
  }
}
