/**
 * Tells, across threads, whether something in a file changed: one counter for each mark, in memory that the writer thread and its readers share. A mark
 * stands for a table or for a partition of one; several may share a mark, which only makes readers read again for nothing.
 *
 * Why what was read under a version may be used again under the same version, as if it had just been read from the file: the writer makes the counter
 * odd before a commit can become visible, and even again after it. So while the counter is even and the same, no commit became visible in
 * between; while it is odd, nobody uses or keeps anything.
 */
export class ChangeMarks {
  /** To be handed to the other thread. */
  readonly shared: SharedArrayBuffer;
  readonly #counters: Int32Array;

  constructor(shared = new SharedArrayBuffer(MARKS * Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.#counters = new Int32Array(shared);
  }

  /** The version of what one mark stands for; undefined while it is being changed. */
  version(mark: number): number | undefined {
    const counter = Atomics.load(this.#counters, mark);
    return (counter & 1) === 0 ? counter : undefined;
  }

  /** The version of several. Counters only grow, so their sum stays the same only if each does. */
  versionOfAll(marks: readonly number[]): number | undefined {
    let sum = 0;
    for (const mark of marks) {
      const counter = Atomics.load(this.#counters, mark);
      if ((counter & 1) !== 0) return undefined;
      sum += counter;
    }
    return sum;
  }

  /** For the writer alone, around each commit: once with what it is about to change, and once more when that is visible or undone. */
  flip(marks: Iterable<number>): void {
    for (const mark of marks) Atomics.add(this.#counters, mark, 1);
  }
}

/** A quarter of a megabyte. */
const MARKS = 65_536;

/** Stands for the shape of the file itself: everything that is kept depends on it. */
export const SCHEMA_MARK = 0;

/** The mark of a table or a partition by its name: FNV-1a. */
export function markOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return 1 + ((((hash >>> 16) ^ hash) & 0xffff) % (MARKS - 1));
}
