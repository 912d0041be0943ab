import type { AuthorFacts } from '#contracts/model/account.ts';
import type { PostHead, ShownPost } from '#contracts/model/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import { accountOf, type CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { authorsOf, type Rule, showPosts, targetsOf } from '#policies/visibility/show.ts';
import { maySeePost, type Viewer } from '#policies/visibility/visibility.ts';
import type { PostStore } from './store/post-store.ts';

/** Heads that may be asked for in one read of the store. */
const MAX_AT_ONCE = 500;

export type FactsById = ReadonlyMap<string, AuthorFacts>;

/** Loads posts as one caller may have them: heads in one read, reposts' targets in another, facts about all their authors in one call. */
export class ShownPosts {
  readonly #posts: PostStore;
  readonly #users: Pick<UserService, 'visibilityFacts'>;

  constructor(posts: PostStore, users: Pick<UserService, 'visibilityFacts'>) {
    this.#posts = posts;
    this.#users = users;
  }

  /** The post, or `not_found`: whoever may not see it learns no more than that. */
  async one(id: string, context: CallContext): Promise<ShownPost> {
    const anyone = accountOf(context) === undefined;
    const head = await (anyone ? this.#posts.headForAnyone(id) : this.#posts.head(id));
    if (head === undefined) throw notFound();
    const [shown] = await this.ofHeads([head], context);
    if (shown === undefined) throw notFound();
    return shown;
  }

  /** What the post is about: for a repost, what was reposted. Reactions and replies go there. `not_found` as {@link one}. */
  async original(id: string, context: CallContext): Promise<PostHead> {
    const { head, target } = await this.one(id, context);
    return target ?? head;
  }

  async many(ids: readonly string[], context: CallContext, rule: Rule = maySeePost): Promise<ShownPost[]> {
    const heads: PostHead[] = [];
    for (let from = 0; from < ids.length; from += MAX_AT_ONCE) {
      for (const head of await this.#posts.heads(ids.slice(from, from + MAX_AT_ONCE))) {
        if (head !== undefined) heads.push(head);
      }
    }
    return this.ofHeads(heads, context, rule);
  }

  async ofHeads(heads: readonly PostHead[], context: CallContext, rule: Rule = maySeePost): Promise<ShownPost[]> {
    if (heads.length === 0) return [];
    const targets = await this.#targets(heads);
    const facts = await this.facts(authorsOf([...heads, ...targets.values()]), context);
    return showPosts(viewerOf(context), heads, targets, facts, rule);
  }

  /** Facts about these authors for the caller, by author. */
  async facts(authorIds: readonly string[], context: CallContext): Promise<FactsById> {
    const known = new Map<string, AuthorFacts>();
    const viewerId = accountOf(context) ?? null;
    for (let from = 0; from < authorIds.length; from += MAX_AT_ONCE) {
      const ids = authorIds.slice(from, from + MAX_AT_ONCE);
      const { facts } = await this.#users.visibilityFacts({ viewerId, authorIds: ids }, context);
      for (const fact of facts) known.set(fact.id, fact);
    }
    return known;
  }

  async #targets(heads: readonly PostHead[]): Promise<Map<string, PostHead>> {
    const ids = targetsOf(heads);
    const targets = new Map<string, PostHead>();
    for (let from = 0; from < ids.length; from += MAX_AT_ONCE) {
      for (const head of await this.#posts.heads(ids.slice(from, from + MAX_AT_ONCE))) {
        if (head !== undefined) targets.set(head.id, head);
      }
    }
    return targets;
  }
}

export function viewerOf(context: CallContext): Viewer | null {
  const id = accountOf(context);
  return id === undefined ? null : { id };
}
