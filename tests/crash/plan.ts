import { pick } from '#tests/seed.ts';
import type { Act, Making } from './acts.ts';
import type { Model, Post } from './model.ts';

/** How many acts of each kind a round has; where there is nothing to act on, a post is made instead. */
const ROUND = {
  delete: 3,
  edit: 3,
  follow: 1,
  unfollow: 1,
  post: 9,
  reply: 4,
  picture: 3,
  poll: 2,
  like: 6,
  unlike: 2,
  repost: 4,
  unrepost: 2,
  bookmark: 3,
  unbookmark: 1,
  vote: 4,
} as const;
type Kind = keyof typeof ROUND;

const OPTIONS = ['yes', 'no', 'perhaps'];

/**
 * The acts of a round, in any order. No two of them touch the same thing of the same person, and none touches a post that another one edits or deletes, so what they
 * come to does not depend on which is first.
 */
export function planRound(model: Model, actors: readonly number[], round: string, next: () => number): Act[] {
  const plan = new Round(model, actors, round, next);
  const kinds = Object.entries(ROUND).flatMap(([kind, times]) => Array.from({ length: times }, () => kind as Kind));
  return shuffled(
    kinds.map((kind) => plan.act(kind)),
    next,
  );
}

class Round {
  readonly #model: Model;
  readonly #actors: readonly number[];
  readonly #round: string;
  readonly #next: () => number;
  #made = 0;
  /** Posts that are edited or deleted in this round. */
  readonly #changing = new Set<Post>();
  /** What already has an act in this round. */
  readonly #taken = new Set<string>();

  constructor(model: Model, actors: readonly number[], round: string, next: () => number) {
    this.#model = model;
    this.#actors = actors;
    this.#round = round;
    this.#next = next;
  }

  act(kind: Kind): Act {
    return this.#about(kind) ?? this.#make('post');
  }

  #about(kind: Kind): Act | undefined {
    switch (kind) {
      case 'post':
      case 'picture':
        return this.#make(kind);
      case 'poll':
        return this.#make(kind, { options: OPTIONS.slice(0, 2) });
      case 'reply': {
        const parent = this.#pick(this.#posts());
        return parent && this.#make(kind, { target: parent.made });
      }
      case 'delete':
        return this.#delete();
      case 'edit':
        return this.#edit();
      case 'follow':
      case 'unfollow':
        return this.#graph(kind);
      case 'vote':
        return this.#deed(kind, ({ options, votes, author }, actor) => {
          return options !== undefined && author !== actor && !votes.has(actor);
        });
      case 'unlike':
        return this.#deed(kind, ({ likes }, actor) => likes.has(actor));
      case 'unrepost':
        return this.#deed(kind, ({ reposts }, actor) => reposts.has(actor));
      case 'unbookmark':
        return this.#deed(kind, ({ bookmarks }, actor) => bookmarks.has(actor));
      case 'repost':
        return this.#deed(kind, ({ reposts }, actor) => !reposts.has(actor));
      default:
        return this.#deed(kind, () => true);
    }
  }

  #make(kind: Making, more: Partial<Act> = {}): Act {
    return { kind, actor: pick(this.#actors, this.#next), ...this.#key(), ...more };
  }

  #deed(kind: Exclude<Kind, Making | 'follow' | 'unfollow'>, may: (post: Post, actor: number) => boolean) {
    const actor = pick(this.#actors, this.#next);
    const subject = (post: Post) => `${kind.replace(/^un/, '')} ${actor} ${post.made.key}`;
    const post = this.#pick(this.#posts().filter((one) => !this.#taken.has(subject(one)) && may(one, actor)));
    if (post === undefined) return undefined;
    this.#taken.add(subject(post));
    // Of two options or three, one that every poll has.
    const choice = kind === 'vote' ? { choice: this.#next() < 0.5 ? 0 : 1 } : {};
    return { kind, actor, ...this.#key(), target: post.made, ...choice };
  }

  /** Rather one that was reposted: then there is more to take back. */
  #delete(): Act | undefined {
    const posts = this.#posts();
    const reposted = posts.filter(({ reposts }) => reposts.size > 0);
    return this.#change('delete', reposted.length > 0 ? reposted : posts);
  }

  /** Rather a poll, with other options or the same. A picture would be taken out by an edit that does not name it. */
  #edit(): Act | undefined {
    const posts = this.#posts().filter(({ made }) => made.kind !== 'picture');
    const polls = posts.filter(({ options }) => options !== undefined);
    const act = this.#change('edit', polls.length > 0 && this.#next() < 0.6 ? polls : posts);
    const { options } = act === undefined ? {} : this.#model.post(act.target!);
    if (act === undefined || options === undefined) return act;
    const others = options.length === 2 ? OPTIONS : OPTIONS.slice(0, 2);
    return { ...act, options: this.#next() < 0.7 ? others : options };
  }

  #change(kind: 'edit' | 'delete', posts: readonly Post[]): Act | undefined {
    const post = this.#pick(posts);
    if (post === undefined) return undefined;
    this.#changing.add(post);
    return { kind, actor: post.author, ...this.#key(), target: post.made };
  }

  #graph(kind: 'follow' | 'unfollow'): Act | undefined {
    const pairs = this.#actors
      .flatMap((actor) => this.#actors.map((whom) => ({ actor, whom })))
      .filter(({ actor, whom }) => actor !== whom && this.#model.follows(actor, whom) === (kind === 'unfollow'));
    const pair = this.#pick(pairs);
    return pair && { kind, ...pair, ...this.#key() };
  }

  /** Those that one may act on: scheduled ones have an id that nobody was told. */
  #posts(): Post[] {
    return this.#model
      .live()
      .filter(
        (post) => post.made.kind !== 'schedule' && this.#actors.includes(post.author) && !this.#changing.has(post),
      );
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : pick(items, this.#next);
  }

  #key() {
    return { key: `${this.#round}:${this.#made++}` };
  }
}

/** What somebody did before leaving, and others about them, so that there is something to forget. */
export function planBeforeLeaving(model: Model, leaver: number, others: readonly number[], key: string): Act[][] {
  const [friend, stranger] = others as [number, number];
  const named = (acts: readonly Omit<Act, 'key'>[]) =>
    acts.map((act, index): Act => ({ ...act, key: `${key}:${index}` }));
  const own = named([
    { kind: 'post', actor: leaver },
    { kind: 'picture', actor: leaver },
    { kind: 'poll', actor: leaver, options: OPTIONS },
  ]);
  const [said, , asked] = own as [Act, Act, Act];
  const theirs = model.live().filter((post) => others.includes(post.author) && post.made.kind !== 'schedule');
  const liked = theirs.at(-1)!.made;
  const poll = theirs.findLast(({ options }) => options !== undefined);
  const between = named([
    { kind: 'follow', actor: leaver, whom: friend },
    { kind: 'follow', actor: friend, whom: leaver },
    { kind: 'follow', actor: stranger, whom: leaver },
    { kind: 'like', actor: leaver, target: liked },
    { kind: 'bookmark', actor: leaver, target: liked },
    { kind: 'repost', actor: leaver, target: liked },
    { kind: 'reply', actor: leaver, target: liked },
    ...(poll === undefined ? [] : [{ kind: 'vote', actor: leaver, target: poll.made, choice: 0 } as const]),
    { kind: 'like', actor: friend, target: said },
    { kind: 'bookmark', actor: stranger, target: said },
    { kind: 'repost', actor: friend, target: said },
    { kind: 'reply', actor: stranger, target: said },
    { kind: 'vote', actor: friend, target: asked, choice: 2 },
  ]).map((act) => ({ ...act, key: `${act.key}:after` }));
  return [own, between];
}

function shuffled<T>(items: T[], next: () => number): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}
