import type { CallContext } from '#platform/calls/context.ts';

/** Something in this process's memory. Whoever holds it sets `changed`, for ever, when it is no longer what it was or is no longer held. */
export interface Stamp {
  changed: boolean;
}

/** Something that is changed in place: it has one stamp at a time, from when somebody depends on it. */
export interface Changing {
  stamp: Stamp | undefined;
}

/** The stamp of a thing as it is now. */
export function stampOf(thing: Changing): Stamp {
  thing.stamp ??= { changed: false };
  return thing.stamp;
}

/** To be called with every change, and when the thing is no longer held. */
export function noteChange(thing: Changing): void {
  if (thing.stamp === undefined) return;
  thing.stamp.changed = true;
  thing.stamp = undefined;
}

/** Something that counts as unchanged until a time, and then has to be looked at again: which makes it last, or sets `changed`. */
export interface Perishable extends Stamp {
  freshUntilMs: number;
}

/** Versions that grow whenever what a mark stands for is changed; undefined while it is. */
export interface Versions {
  versionOfAll(marks: readonly number[]): number | undefined;
}

/** Looks again at perishables. */
export type Renewal = (context: CallContext) => Promise<unknown>;

interface Noted {
  readonly stamps: readonly Stamp[];
  readonly perishables: readonly Perishable[];
  readonly renewals: readonly Renewal[];
  readonly versions: readonly {
    readonly source: Versions;
    readonly marks: readonly number[];
    /** Versions only grow, so their sum is the same only if each is. */
    readonly sum: number;
  }[];
  readonly untilMs: number;
}

/** Everything that an answer depends on, as it was when the answer was made. */
export class Dependencies {
  readonly #noted: Noted;

  constructor(noted: Noted) {
    this.#noted = noted;
  }

  /** `unchanged`: the answer is what it would be if it were made now. `stale`: it may be so, after {@link renew}. */
  at(nowMs: number): 'unchanged' | 'stale' | 'changed' {
    const { stamps, perishables, versions, untilMs } = this.#noted;
    if (nowMs >= untilMs) return 'changed';
    for (const stamp of stamps) if (stamp.changed) return 'changed';
    for (const { source, marks, sum } of versions) if (source.versionOfAll(marks) !== sum) return 'changed';
    let stale = false;
    for (const one of perishables) {
      if (one.changed) return 'changed';
      if (one.freshUntilMs <= nowMs) stale = true;
    }
    return stale ? 'stale' : 'unchanged';
  }

  /** Looks again at what is over, on behalf of whoever asks now. */
  async renew(context: CallContext): Promise<void> {
    await Promise.all(this.#noted.renewals.map((renew) => renew(context)));
  }
}
