import type { Clock } from '#platform/clock/clock.ts';
import { type Answer, maySendAgain, type Sending, succeeded } from '../api.ts';
import type { Chance } from '../chance.ts';
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

const WEIGHTS: Readonly<Record<DeedName | LookName, number>> = {
  ...{ post: 22, picture: 2, remove: 3, like: 14, unlike: 3, follow: 5, unfollow: 2, block: 1, unblock: 1 },
  ...{ home: 18, publicTimeline: 6, profile: 8, onePost: 9, relationship: 6 },
};
const THINK_MS = { least: 100, most: 500 };
const AGAIN_MS = { least: 200, most: 600 };
/** Longer than any fault lasts. */
const INSIST_MS = 150_000;

type Tools = Pick<Self, 'person' | 'people' | 'truth' | 'judge' | 'findings' | 'chance' | 'picture'> & {
  readonly clock: Clock;
  readonly tag: string;
};

/** One person's client: does one thing after another, as the dice say, and remembers what was acknowledged. */
export class Client {
  readonly #self: Self;
  readonly #clock: Clock;
  readonly #chance: Chance;
  #keys = 0;
  /** When it was last acknowledged something, by the monotonic clock. */
  servedAtMs = 0;

  constructor(tools: Tools) {
    this.#clock = tools.clock;
    this.#chance = tools.chance;
    const { person, tag } = tools;
    this.#self = {
      ...tools,
      newKey: () => `${tag}-${person.index}-${this.#keys++}`,
      insist: (method, path, sending) => this.#insist(method, path, sending),
    };
  }

  async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const name = this.#chance.weighted(WEIGHTS);
      await this.do({ ...DEEDS, ...LOOKS }[name]);
      await this.#clock.wait(this.#between(THINK_MS), stopping);
    }
  }

  async do(deed: Deed): Promise<void> {
    if (await deed(this.#self)) this.servedAtMs = this.#clock.monotonic();
  }

  async #insist(method: string, path: string, sending?: Sending): Promise<Insisted> {
    const deadline = this.#clock.monotonic() + INSIST_MS;
    for (let tried = 1; ; tried++) {
      const answer = await this.#self.person.api.send(method, path, sending);
      refuseLimits(answer);
      const repeated = tried > 1;
      if (succeeded(answer)) return { outcome: 'done', answer, repeated };
      if (!maySendAgain(answer)) return { outcome: 'refused', answer, repeated };
      if (this.#clock.monotonic() > deadline) return { outcome: 'unknown', answer, repeated };
      await this.#clock.wait(this.#between(AGAIN_MS));
    }
  }

  #between({ least, most }: { readonly least: number; readonly most: number }): number {
    return least + this.#chance.next() * (most - least);
  }
}
