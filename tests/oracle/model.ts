/**
 * A small community as the oracle remembers it: who knows whom, and who said what. Nothing here or in `rules.ts` is taken from the product, so
 * that a mistake there is not repeated here.
 */
export type PersonState = 'active' | 'suspended' | 'away' | 'deleted';
export type Audience = 'everyone' | 'everyone, unlisted' | 'followers';

export interface Person {
  readonly name: string;
  state: PersonState;
  locked: boolean;
}

export interface Post {
  readonly name: string;
  readonly author: string;
  readonly audience: Audience;
  /** People whom the text names and who wanted to hear of the author when it was written. */
  mentions: Set<string>;
  tags: Set<string>;
  /** Hashtags of before, under which it may stand for a moment longer. */
  readonly formerTags: Set<string>;
  readonly answers: Post | null;
  readonly shares: Post | null;
  readonly hasPoll: boolean;
  readonly hasPicture: boolean;
  deleted: boolean;
}

/** Something between two people, from the first to the second. */
export class Pairs {
  readonly #pairs = new Set<string>();

  has(from: string | null, to: string): boolean {
    return this.#pairs.has(`${from}→${to}`);
  }

  add(from: string, to: string): void {
    this.#pairs.add(`${from}→${to}`);
  }

  delete(from: string, to: string): boolean {
    return this.#pairs.delete(`${from}→${to}`);
  }

  from(one: string): string[] {
    return this.#all().flatMap(([from, to]) => (from === one ? [to] : []));
  }

  to(one: string): string[] {
    return this.#all().flatMap(([from, to]) => (to === one ? [from] : []));
  }

  forget(one: string): void {
    for (const [from, to] of this.#all()) if (from === one || to === one) this.delete(from, to);
  }

  #all(): [string, string][] {
    return [...this.#pairs].map((pair) => pair.split('→') as [string, string]);
  }
}

export class Model {
  readonly people = new Map<string, Person>();
  /** In the order in which they were written. */
  readonly posts: Post[] = [];
  readonly follows = new Pairs();
  readonly withoutShares = new Pairs();
  readonly requests = new Pairs();
  readonly blocks = new Pairs();
  readonly mutes = new Pairs();
  /** By owner of the list; each has one. What was told to leave a list may stay until everything has settled. */
  readonly lists = new Map<string, Map<string, 'sure' | 'perhaps'>>();
  readonly likes = new Map<Post, Set<string>>();
  readonly bookmarks = new Map<Post, Set<string>>();
  readonly pins = new Set<Post>();

  person(name: string): Person {
    return this.people.get(name)!;
  }

  active(): Person[] {
    return [...this.people.values()].filter((person) => person.state === 'active');
  }

  endFollow(from: string, to: string): void {
    this.follows.delete(from, to);
    this.requests.delete(from, to);
    this.withoutShares.delete(from, to);
    if (this.lists.get(from)?.has(to)) this.lists.get(from)!.set(to, 'perhaps');
  }

  block(from: string, to: string): void {
    this.endFollow(from, to);
    this.endFollow(to, from);
    this.blocks.add(from, to);
  }

  /** Everything that was under way has arrived. */
  settle(): void {
    for (const [owner, members] of this.lists) {
      for (const [member, how] of members) {
        if (how === 'perhaps' && !this.follows.has(owner, member)) members.delete(member);
      }
    }
  }

  remove(post: Post): void {
    for (const one of this.posts) if (one === post || one.shares === post) one.deleted = true;
  }

  erase(name: string): void {
    this.person(name).state = 'deleted';
    for (const post of this.posts) if (post.author === name) this.remove(post);
    for (const pairs of [this.follows, this.requests, this.blocks, this.mutes]) pairs.forget(name);
    for (const who of [...this.likes.values(), ...this.bookmarks.values()]) who.delete(name);
    for (const members of this.lists.values()) members.delete(name);
  }
}
