import { Posts } from './posts.ts';
import { Relations } from './relations.ts';

/** Everything that clients were acknowledged, kept by themselves: what the platform has to answer for. */
export class Truth {
  #now = 0;
  readonly posts: Posts;
  readonly relations: Relations;

  constructor(people: number) {
    const tick = () => ++this.#now;
    this.posts = new Posts(tick);
    this.relations = new Relations(people, tick);
  }

  /** A moment later than every change so far. Changes that come are later still. */
  mark(): number {
    return ++this.#now;
  }
}
