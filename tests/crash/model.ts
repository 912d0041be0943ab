import { type Act, textOf } from './acts.ts';

/** A post as the acknowledged acts left it. People are told by their index. */
export interface Post {
  readonly made: Act;
  readonly author: number;
  /** What it said, oldest first. */
  readonly texts: string[];
  options: readonly string[] | undefined;
  /** Whom each answer was given by. */
  readonly votes: Map<number, number>;
  readonly likes: Set<number>;
  readonly bookmarks: Set<number>;
  readonly reposts: Map<number, Repost>;
  readonly parent: Post | undefined;
  isGone: boolean;
}

export interface Repost {
  readonly actor: number;
  readonly post: Post;
}

/** Posts of a newly followed author that home brings for certain; it brings more. */
const CERTAIN_AFTER_FOLLOW = 30;

/**
 * What has to stand after acts that were all acknowledged. Acts of one round do not depend on each other's order, so any order will do.
 */
export class Model {
  readonly posts: Post[] = [];
  /** Who left for good. */
  readonly left = new Set<number>();
  /** Follower to followed, with what the follower's home has to show of them. Everyone has themselves. */
  readonly homes = new Map<number, Map<number, Set<Post | Repost>>>();
  readonly #byAct = new Map<Act, Post>();
  /** By author, oldest first. */
  readonly #told = new Map<number, (Post | Repost)[]>();

  follows(reader: number, author: number): boolean {
    return this.homes.get(reader)?.has(author) ?? false;
  }

  live(): Post[] {
    return this.posts.filter(({ isGone }) => !isGone);
  }

  post(made: Act): Post {
    return this.#byAct.get(made)!;
  }

  join(person: number): void {
    this.homes.set(person, new Map([[person, new Set()]]));
  }

  apply(act: Act): void {
    const { actor } = act;
    const post = act.target === undefined ? undefined : this.#byAct.get(act.target);
    switch (act.kind) {
      case 'like':
        post!.likes.add(actor);
        return;
      case 'unlike':
        post!.likes.delete(actor);
        return;
      case 'bookmark':
        post!.bookmarks.add(actor);
        return;
      case 'unbookmark':
        post!.bookmarks.delete(actor);
        return;
      case 'repost': {
        const repost = { actor, post: post! };
        post!.reposts.set(actor, repost);
        this.#tell(actor, repost);
        return;
      }
      case 'unrepost':
        post!.reposts.delete(actor);
        return;
      case 'vote':
        post!.votes.set(actor, act.choice!);
        return;
      case 'edit':
        post!.texts.push(textOf(act));
        // Another question starts anew.
        if (String(act.options) !== String(post!.options)) post!.votes.clear();
        post!.options = act.options;
        return;
      case 'delete':
        post!.isGone = true;
        return;
      case 'follow':
        this.homes.get(actor)!.set(act.whom!, new Set(this.#told.get(act.whom!)?.slice(-CERTAIN_AFTER_FOLLOW)));
        return;
      case 'unfollow':
        this.homes.get(actor)!.delete(act.whom!);
        return;
      case 'leave':
        this.#leave(actor);
        return;
      default:
        this.#make(act, post);
    }
  }

  #make(made: Act, parent: Post | undefined): void {
    const post: Post = {
      made,
      author: made.actor,
      texts: [textOf(made)],
      options: made.options,
      votes: new Map(),
      likes: new Set(),
      bookmarks: new Set(),
      reposts: new Map(),
      parent,
      isGone: false,
    };
    this.posts.push(post);
    this.#byAct.set(made, post);
    this.#tell(post.author, post);
  }

  #tell(author: number, what: Post | Repost): void {
    this.#told.set(author, [...(this.#told.get(author) ?? []), what]);
    for (const home of this.homes.values()) home.get(author)?.add(what);
  }

  /** Votes of whoever left stay in the numbers. */
  #leave(person: number): void {
    this.left.add(person);
    this.homes.delete(person);
    for (const home of this.homes.values()) home.delete(person);
    for (const post of this.posts) {
      if (post.author === person) post.isGone = true;
      post.likes.delete(person);
      post.bookmarks.delete(person);
      post.reposts.delete(person);
    }
  }
}
