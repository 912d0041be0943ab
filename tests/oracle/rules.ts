import type { Model, Post } from './model.ts';

/** Who may see what, said a second time and as plainly as possible. `viewer` is null for somebody who is not signed in. */
export class Rules {
  readonly #m: Model;

  constructor(model: Model) {
    this.#m = model;
  }

  maySee(viewer: string | null, post: Post): boolean {
    if (post.deleted || this.#m.person(post.author).state !== 'active') return false;
    if (post.shares !== null && !this.maySee(viewer, post.shares)) return false;
    if (viewer === post.author) return true;
    if (this.blockBetween(viewer, post.author)) return false;
    if (post.audience !== 'followers') return true;
    return viewer !== null && (this.#m.follows.has(viewer, post.author) || post.mentions.has(viewer));
  }

  /** Whether it may be shown where the viewer did not ask for just this. */
  mayMeet(viewer: string | null, post: Post): boolean {
    if (!this.maySee(viewer, post) || this.#m.mutes.has(viewer, post.author)) return false;
    return post.shares === null || !this.#m.mutes.has(viewer, post.shares.author);
  }

  /** Whether anybody on the internet may fetch its pictures. */
  isOpen(post: Post): boolean {
    return !post.deleted && post.audience !== 'followers' && this.#m.person(post.author).state === 'active';
  }

  blockBetween(viewer: string | null, other: string): boolean {
    return viewer !== null && (this.#m.blocks.has(viewer, other) || this.#m.blocks.has(other, viewer));
  }

  onProfile(viewer: string | null, author: string): Post[] {
    return this.#m.posts.filter((post) => post.author === author && this.maySee(viewer, post));
  }

  inPublic(viewer: string | null): Post[] {
    return this.#m.posts.filter((post) => {
      const talksToOthers = post.answers !== null && post.answers.author !== post.author;
      return post.audience === 'everyone' && post.shares === null && !talksToOthers && this.mayMeet(viewer, post);
    });
  }

  underTag(viewer: string | null, tag: string): Must {
    const meets = this.#m.posts.filter((post) => post.audience === 'everyone' && this.mayMeet(viewer, post));
    const must = meets.filter((post) => post.tags.has(tag));
    return { must, may: must, mayStill: meets.filter((post) => post.formerTags.has(tag)) };
  }

  atHome(viewer: string): Must {
    const standing = this.#m.posts.filter((post) => this.#belongsHome(viewer, post));
    return { may: standing, must: standing.filter((post) => !wasShownBefore(post, standing)) };
  }

  #belongsHome(viewer: string, post: Post): boolean {
    if (!this.mayMeet(viewer, post)) return false;
    if (post.author === viewer) return true;
    if (!this.#m.follows.has(viewer, post.author)) return false;
    if (this.#concernsUnwanted(viewer, post)) return false;
    if (post.shares !== null) {
      return !this.#m.withoutShares.has(viewer, post.author) && !this.#concernsUnwanted(viewer, post.shares);
    }
    const to = post.answers?.author;
    return to === undefined || to === post.author || to === viewer || this.#m.follows.has(viewer, to);
  }

  inList(viewer: string): Must {
    const members = this.#m.lists.get(viewer) ?? new Map<string, 'sure' | 'perhaps'>();
    const standing = this.#m.posts.filter(
      (post) => members.has(post.author) && post.author !== viewer && this.#belongsHome(viewer, post),
    );
    // Where it is not yet clear who is in the list, only what comes from people who are answers nobody else is certain.
    const certain = standing.filter((post) => {
      const to = post.answers?.author;
      const talksToMember = to === undefined || to === post.author || to === viewer || members.get(to) === 'sure';
      return members.get(post.author) === 'sure' && talksToMember && !wasShownBefore(post, standing);
    });
    return { may: standing, must: certain };
  }

  /** It answers or names somebody of whom the viewer wants to hear nothing. */
  #concernsUnwanted(viewer: string, post: Post): boolean {
    const unwanted = (name: string) => this.#m.blocks.has(viewer, name) || this.#m.mutes.has(viewer, name);
    return (post.answers !== null && unwanted(post.answers.author)) || [...post.mentions].some(unwanted);
  }

  above(viewer: string | null, post: Post): Post[] {
    const line: Post[] = [];
    for (let one = post.answers; one !== null && !one.deleted; one = one.answers) line.push(one);
    return line.filter((one) => this.mayMeet(viewer, one));
  }

  below(viewer: string | null, post: Post): Post[] {
    const hangsOn = (one: Post): boolean =>
      !one.deleted && one.answers !== null && (one.answers === post || hangsOn(one.answers));
    return this.#m.posts.filter((one) => hangsOn(one) && this.mayMeet(viewer, one));
  }

  /** Those of the people whom the viewer may be told of beside a post. */
  mayNotice(viewer: string | null, people: Iterable<string>): string[] {
    return [...people].filter((name) => this.#m.person(name).state === 'active' && !this.blockBetween(viewer, name));
  }

  followersOf(viewer: string | null, name: string): string[] {
    return this.#friends(viewer, name, this.#m.follows.to(name));
  }

  followedBy(viewer: string | null, name: string): string[] {
    return this.#friends(viewer, name, this.#m.follows.from(name));
  }

  #friends(viewer: string | null, name: string, friends: string[]): string[] {
    if (viewer !== null && this.#m.blocks.has(name, viewer)) return [];
    const active = friends.filter((friend) => this.#m.person(friend).state === 'active');
    if (viewer === name) return active;
    return active.filter(
      (friend) => friend === viewer || !(this.blockBetween(viewer, friend) || this.#m.mutes.has(viewer, friend)),
    );
  }
}

/** What a timeline has to show, within what it may show. */
export interface Must {
  readonly must: readonly Post[];
  readonly may: readonly Post[];
  /** What it may show besides until all has settled. */
  readonly mayStill?: readonly Post[];
}

/** A repost may be left out where something older shows the same post already. */
function wasShownBefore(post: Post, among: readonly Post[]): boolean {
  if (post.shares === null) return false;
  return among.some((other) => other === post.shares || (other !== post && other.shares === post.shares));
}
