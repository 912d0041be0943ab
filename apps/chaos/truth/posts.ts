import type { Belief } from './relations.ts';

export type Audience = 'public' | 'private';

/** `unsure`: nobody learned whether it was written, or removed. */
export type PostState = 'sending' | 'there' | 'removing' | 'removed' | 'unsure';

export interface PostFact {
  /** Stands in its text, and was its idempotency key. */
  readonly key: string;
  readonly author: number;
  readonly audience: Audience;
  readonly hasPicture: boolean;
  /** Acknowledged. */
  id: string | undefined;
  state: PostState;
  changedAt: number;
  /** In the order of their acknowledgements. */
  number: number;
  readonly likes: Map<number, Belief>;
}

export type PostPlan = Pick<PostFact, 'key' | 'author' | 'audience' | 'hasPicture'>;

/** Every post that somebody asked to be written. */
export class Posts {
  readonly #tick: () => number;
  readonly #byKey = new Map<string, PostFact>();
  readonly #acknowledged: PostFact[] = [];

  constructor(tick: () => number) {
    this.#tick = tick;
  }

  begin(plan: PostPlan): PostFact {
    const post: PostFact = {
      ...plan,
      id: undefined,
      state: 'sending',
      changedAt: this.#tick(),
      number: -1,
      likes: new Map(),
    };
    this.#byKey.set(plan.key, post);
    return post;
  }

  acknowledged(post: PostFact, id: string): void {
    post.id = id;
    post.number = this.#acknowledged.push(post) - 1;
    this.change(post, 'there');
  }

  change(post: PostFact, state: PostState): void {
    post.state = state;
    post.changedAt = this.#tick();
  }

  byKey(key: string): PostFact | undefined {
    return this.#byKey.get(key);
  }

  /** Acknowledged from the given number on. */
  from(number: number): readonly PostFact[] {
    return this.#acknowledged.slice(Math.max(0, number));
  }

  get count(): number {
    return this.#acknowledged.length;
  }

  get unsure(): number {
    return [...this.#byKey.values()].filter(({ state }) => state === 'unsure').length;
  }
}
