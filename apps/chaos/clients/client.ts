import type { Clock } from '#platform/clock/clock.ts';
import { type Answer, maySendAgain, type Sending, succeeded } from '../api.ts';
import { Chance } from '../chance.ts';
import type { Findings } from '../findings.ts';
import type { Truth } from '../truth/truth.ts';
import { DEEDS, type Deed, type DeedName } from './deeds.ts';
import { LOOKS, type LookName } from './looks.ts';
import { type Person, refuseLimits } from './person.ts';
import type { Judge } from './shown.ts';

/** What deeds and looks have at hand. */
export interface Self {
  readonly person: Person;
  readonly people: readonly Person[];
  readonly truth: Truth;
  readonly judge: Judge;
  readonly findings: Findings;
  readonly chance: Chance;
  /** A small picture that nobody has uploaded. */
  picture(): Promise<Blob>;
  /** A key for one write, never used before. */
  newKey(): string;
  /** Sends until the answer says what became of it, or gives up: then `unknown`. */
  insist(method: string, path: string, sending?: Sending): Promise<Insisted>;
}

export interface Insisted {
  readonly outcome: 'done' | 'refused' | 'unknown';
  readonly answer: Answer;
  /** Sent more than once: an earlier one may have been done although nobody said so. */
  readonly repeated: boolean;
}

const DEED_WEIGHTS: Readonly<Record<DeedName, number>> = {
  ...{ post: 22, picture: 2, remove: 3, like: 14, unlike: 3, follow: 5, unfollow: 2, block: 1, unblock: 1 },
};
const LOOK_WEIGHTS: Readonly<Record<LookName, number>> = {
  ...{ home: 18, publicTimeline: 6, profile: 8, onePost: 9, relationship: 6 },
};
const THINK_MS = { least: 150, most: 800 };
const AGAIN_MS = { least: 200, most: 600 };
/** Longer than any fault lasts. */
const INSIST_MS = 150_000;

type Tools = Pick<Self, 'person' | 'people' | 'truth' | 'judge' | 'findings' | 'picture'> & {
  readonly clock: Clock;
  readonly tag: string;
  readonly seed: number;
};

/** One of the two things that a client does at the same time. */
interface Lane {
  readonly self: Self;
  readonly chance: Chance;
  /** When it was last acknowledged something, by the monotonic clock. */
  servedAtMs: number;
}

/**
 * One person's client: writes one thing after another and looks at one thing after another, as the dice say, and remembers what was acknowledged. Both go on
 * at the same time, so that a page that hangs does not look as if nobody could write.
 */
export class Client {
  readonly #tools: Tools;
  readonly #deeds: Lane;
  readonly #looks: Lane;
  #keys = 0;

  constructor(tools: Tools) {
    this.#tools = tools;
    const { seed, person } = tools;
    this.#deeds = this.#lane(new Chance(seed + 2 * person.index + 1));
    this.#looks = this.#lane(new Chance(seed + 2 * person.index + 2));
  }

  /** When it was last acknowledged something of the kind for which that is longer ago. */
  get servedAtMs(): number {
    return Math.min(this.#deeds.servedAtMs, this.#looks.servedAtMs);
  }

  async run(stopping: AbortSignal): Promise<void> {
    await Promise.all([
      this.#go(this.#deeds, () => DEEDS[this.#deeds.chance.weighted(DEED_WEIGHTS)], stopping),
      this.#go(this.#looks, () => LOOKS[this.#looks.chance.weighted(LOOK_WEIGHTS)], stopping),
    ]);
  }

  /** Does this one thing. */
  async do(deed: Deed): Promise<void> {
    await deed(this.#deeds.self);
  }

  async #go(lane: Lane, choose: () => Deed, stopping: AbortSignal): Promise<void> {
    const { clock } = this.#tools;
    while (!stopping.aborted) {
      if (await choose()(lane.self)) lane.servedAtMs = clock.monotonic();
      await clock.wait(between(lane.chance, THINK_MS), stopping);
    }
  }

  #lane(chance: Chance): Lane {
    const { person, tag } = this.#tools;
    const self: Self = {
      ...this.#tools,
      chance,
      newKey: () => `${tag}-${person.index}-${this.#keys++}`,
      insist: (method, path, sending) => this.#insist(chance, method, path, sending),
    };
    return { self, chance, servedAtMs: 0 };
  }

  async #insist(chance: Chance, method: string, path: string, sending?: Sending): Promise<Insisted> {
    const { clock, person } = this.#tools;
    const deadline = clock.monotonic() + INSIST_MS;
    for (let tried = 1; ; tried++) {
      const answer = await person.api.send(method, path, sending);
      refuseLimits(answer);
      const repeated = tried > 1;
      if (succeeded(answer)) return { outcome: 'done', answer, repeated };
      if (!maySendAgain(answer)) return { outcome: 'refused', answer, repeated };
      if (clock.monotonic() > deadline) return { outcome: 'unknown', answer, repeated };
      await clock.wait(between(chance, AGAIN_MS));
    }
  }
}

function between(chance: Chance, { least, most }: { readonly least: number; readonly most: number }): number {
  return least + chance.next() * (most - least);
}
