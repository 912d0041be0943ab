import { recording } from '#platform/remembering/recording.ts';
import { type ChangeMarks, SCHEMA_MARK } from './change-marks.ts';
import type { SqlValue } from './port.ts';

type Rows = readonly (readonly SqlValue[])[];

interface Kept {
  readonly rows: Rows;
  readonly version: number;
  readonly schemaVersion: number;
  /** Until then, in milliseconds since the epoch: rows with an end count no longer after it. */
  readonly untilMs: number;
}

/** About 16 bytes each; two generations are kept. */
const CELLS_PER_GENERATION = 300_000;
/** What is longer is read anew: it would push too much else out. */
const MAX_CELLS = 2_000;
const CELL_BYTES = 16;

/**
 * Results of short reads, as long as nothing that they depend on was committed. They are given out only while {@link ChangeMarks} says so; what they
 * answer cannot be told from reading the file.
 *
 * Nobody changes the rows: callers make their own objects of them.
 */
export class ReadMemory {
  readonly #marks: ChangeMarks;
  #young = new Map<string, Kept>();
  #old = new Map<string, Kept>();
  #cells = 0;

  constructor(marks: ChangeMarks) {
    this.#marks = marks;
  }

  /** To be taken before a read whose result is kept; undefined when it cannot be. */
  version(mark: number): number | undefined {
    const version = this.#marks.version(mark);
    const noting = recording();
    if (noting !== undefined) {
      noting.version(this.#marks, SCHEMA_MARK, this.#marks.version(SCHEMA_MARK));
      noting.version(this.#marks, mark, version);
    }
    return version;
  }

  versionOfAll(marks: readonly number[]): number | undefined {
    this.note(marks);
    return this.#marks.versionOfAll(marks);
  }

  /** To be called before a read whose result is not kept here. */
  note(marks: readonly number[]): void {
    const noting = recording();
    if (noting === undefined) return;
    noting.version(this.#marks, SCHEMA_MARK, this.#marks.version(SCHEMA_MARK));
    for (const mark of marks) noting.version(this.#marks, mark, this.#marks.version(mark));
  }

  /** What was kept under this version and still counts at `nowMs`. */
  recall(key: string, version: number | undefined, nowMs: number): Rows | undefined {
    if (version === undefined) return undefined;
    let kept = this.#young.get(key);
    if (kept === undefined) {
      kept = this.#old.get(key);
      if (kept === undefined) return undefined;
      this.#old.delete(key);
      if (kept.version === version) this.#put(key, kept);
    }
    if (kept.version !== version || kept.untilMs <= nowMs) return undefined;
    if (kept.schemaVersion !== this.#marks.version(SCHEMA_MARK)) return undefined;
    if (kept.untilMs !== Number.POSITIVE_INFINITY) recording()?.until(kept.untilMs);
    return kept.rows;
  }

  keep(key: string, version: number | undefined, rows: Rows, untilMs: number): void {
    if (untilMs !== Number.POSITIVE_INFINITY) recording()?.until(untilMs);
    if (version === undefined) return;
    const schemaVersion = this.#marks.version(SCHEMA_MARK);
    if (schemaVersion === undefined) return;
    this.#put(key, { rows, version, schemaVersion, untilMs });
  }

  #put(key: string, kept: Kept): void {
    const cells = cellsOf(key, kept.rows);
    if (cells > MAX_CELLS) return;
    this.#young.set(key, kept);
    this.#cells += cells;
    if (this.#cells < CELLS_PER_GENERATION) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#cells = 0;
  }
}

/** What an entry takes, in cells. Bytes are shared with whoever asked for them, so rows with bytes are not kept. */
function cellsOf(key: string, rows: Rows): number {
  let cells = 8 + key.length / CELL_BYTES;
  for (const row of rows) {
    cells += 2 + row.length;
    for (const value of row) {
      if (typeof value === 'string') cells += value.length / CELL_BYTES;
      else if (value instanceof Uint8Array) return Number.POSITIVE_INFINITY;
    }
  }
  return cells;
}
