import { LRUCache } from 'lru-cache';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Dependencies } from '#platform/remembering/dependencies.ts';
import { Recording, recorded } from '#platform/remembering/recording.ts';
import type { Metrics } from '#platform/telemetry/metrics.ts';
import { type Answer, ownBody } from './answer.ts';

interface Remembered {
  readonly answer: Answer;
  readonly bytes: number;
  readonly dependencies: Dependencies;
}

/** About a thousand homes. */
const MAX_BYTES = 32 * 1024 * 1024;
const ENTRY_OVERHEAD_BYTES = 4_000;
const MAX_KEY_LENGTH = 500;

/**
 * Whole answers, each for the one person who asked, as long as nothing that they are made of has changed: then a request costs little more than sending bytes. What
 * is given out cannot be told from an answer that was made now, because everything that was read for it is compared first, what decides visibility included.
 */
export class RememberedAnswers {
  readonly #clock: Clock;
  readonly #answers = new LRUCache<string, Remembered>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ bytes }) => bytes + ENTRY_OVERHEAD_BYTES,
  });
  readonly #fromMemory: { inc(): void };
  readonly #made: { inc(): void };

  constructor(clock: Clock, metrics: Metrics) {
    this.#clock = clock;
    const answers = metrics.counter(
      'plaza_gateway_remembered_answers_total',
      'Answers of routes that remember: given from memory, or made.',
      ['from'],
    );
    this.#fromMemory = answers.labels('memory');
    this.#made = answers.labels('services');
  }

  /** The answer to what `viewerId` asks for, from memory or by `make`. `context` is for looking again at parts of it. */
  async of(viewerId: string, url: string, context: () => CallContext, make: () => Promise<Answer>): Promise<Answer> {
    const key = `${viewerId} ${url}`;
    const known = this.#answers.get(key);
    if (known !== undefined && (await this.#holds(known, context))) {
      this.#fromMemory.inc();
      return known.answer;
    }
    this.#made.inc();
    return key.length > MAX_KEY_LENGTH ? make() : this.#make(key, make);
  }

  async #holds({ dependencies }: Remembered, context: () => CallContext): Promise<boolean> {
    const state = dependencies.at(this.#clock.now());
    if (state !== 'stale') return state === 'unchanged';
    await dependencies.renew(context());
    return dependencies.at(this.#clock.now()) === 'unchanged';
  }

  async #make(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const recording = new Recording();
    const answer = await recorded(recording, make);
    const dependencies = recording.end();
    if (dependencies?.at(this.#clock.now()) !== 'unchanged' || answer.status !== 200) return answer;
    const own = ownBody(answer);
    if (own !== undefined) this.#answers.set(key, { answer: own, bytes: own.body.length, dependencies });
    return answer;
  }
}
