import { AsyncLocalStorage } from 'node:async_hooks';
import { Dependencies, type Perishable, type Renewal, type Stamp, type Versions } from './dependencies.ts';

/**
 * Notes what an answer is made of while it is made, so that it may be given again as long as nothing of that has changed.
 *
 * It must not miss anything, so it trusts nobody by default: every call of a service counts as asked, and only operations that are declared
 * {@link recordable} answer for what they read. One call that nobody answered for, and nothing is kept. Stores of a file note the marks of what they read; whoever
 * answers from memory of its own notes a {@link Stamp}; whoever looks at the clock notes when its answer ends.
 */
export class Recording {
  readonly #stamps = new Set<Stamp>();
  readonly #perishables = new Set<Perishable>();
  readonly #versions = new Map<Versions, Map<number, number>>();
  readonly #renewals: Renewal[] = [];
  #untilMs = Number.POSITIVE_INFINITY;
  #unanswered = 0;
  #refused = false;

  /** What lies in this process's memory. */
  stamp(stamp: Stamp): void {
    this.#stamps.add(stamp);
  }

  /** What is good for a while and can be looked at again then: `renew` does that for all of these at once. */
  perishables(all: Iterable<Perishable>, renew: Renewal): void {
    for (const one of all) this.#perishables.add(one);
    this.#renewals.push(renew);
  }

  /** What lies in a file, under the version that it had before it was read. */
  version(versions: Versions, mark: number, version: number | undefined): void {
    if (version === undefined) {
      this.#refused = true;
      return;
    }
    let known = this.#versions.get(versions);
    if (known === undefined) {
      known = new Map();
      this.#versions.set(versions, known);
    }
    const before = known.get(mark);
    if (before === undefined) known.set(mark, version);
    else if (before !== version) this.refuse();
  }

  /** The answer is another one from this time on, in milliseconds since the epoch. */
  until(timeMs: number): void {
    if (timeMs < this.#untilMs) this.#untilMs = timeMs;
  }

  /** What was read cannot be noted. */
  refuse(): void {
    this.#refused = true;
  }

  /** A service is called. */
  asked(): void {
    this.#unanswered += 1;
  }

  /** What is called notes what it reads. */
  answeredFor(): void {
    this.#unanswered -= 1;
  }

  /** What was noted; undefined when that is not everything. */
  end(): Dependencies | undefined {
    if (this.#refused || this.#unanswered !== 0) return undefined;
    return new Dependencies({
      stamps: [...this.#stamps],
      perishables: [...this.#perishables],
      renewals: this.#renewals,
      versions: [...this.#versions].map(([source, marks]) => ({
        source,
        marks: [...marks.keys()],
        sum: [...marks.values()].reduce((sum, version) => sum + version, 0),
      })),
      untilMs: this.#untilMs,
    });
  }
}

const running = new AsyncLocalStorage<Recording | undefined>();

/** Of the answer that is being made here, if it is one that may be kept. */
export function recording(): Recording | undefined {
  return running.getStore();
}

/** Runs `work` with everything that it reads noted. */
export function recorded<T>(into: Recording, work: () => Promise<T>): Promise<T> {
  return running.run(into, work);
}

/** Runs `work` without notes: for reads whose result the caller notes as one thing. */
export function unrecorded<T>(work: () => Promise<T>): Promise<T> {
  return running.getStore() === undefined ? work() : running.run(undefined, work);
}

const RECORDABLE = Symbol('recordable');

/**
 * Declares that an operation notes everything that its answer depends on: it reads only through ports and through calls, and what it holds in memory is either
 * valid under versions that it reads each time, or stamped.
 */
export function recordable<F extends (...args: never[]) => unknown>(operation: F): F {
  return Object.assign(operation, { [RECORDABLE]: true });
}

export function isRecordable(operation: object): boolean {
  return RECORDABLE in operation;
}
