import type { AuthorFacts } from '#contracts/model/account.ts';
import { MAX_IDS } from '#contracts/model/common.ts';
import type { PostHead } from '#contracts/model/post.ts';
import type { PostService } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import { type CallContext, childContext } from '#platform/calls/context.ts';
import type { Entry } from '../entries/entry.ts';

const FEED = { kind: 'service', name: 'feed' } as const;

/** What a decision to show needs, gathered in one batch of heads and one of facts; more of either is fetched only for what is new. */
export class Material {
  readonly #post: PostService;
  readonly #user: UserService;
  readonly #context: CallContext;
  readonly viewerId: string | null;
  readonly #heads = new Map<string, PostHead | null>();
  readonly #facts = new Map<string, AuthorFacts | null>();

  constructor(post: PostService, user: UserService, viewerId: string | null, context: CallContext) {
    this.#post = post;
    this.#user = user;
    this.viewerId = viewerId;
    this.#context = childContext(context, { caller: FEED });
  }

  head(id: string): PostHead | undefined {
    return this.#heads.get(id) ?? undefined;
  }

  facts(authorId: string): AuthorFacts | undefined {
    return this.#facts.get(authorId) ?? undefined;
  }

  async load(entries: readonly Entry[]): Promise<void> {
    await this.#loadHeads(entries);
    await this.#loadFacts(entries);
  }

  async #loadHeads(entries: readonly Entry[]): Promise<void> {
    const missing: string[] = [];
    const want = (id: string) => {
      if (this.#heads.has(id)) return;
      this.#heads.set(id, null);
      missing.push(id);
    };
    for (const { postId, targetId } of entries) {
      want(postId);
      if (targetId !== null) want(targetId);
    }
    for (let start = 0; start < missing.length; start += MAX_IDS) {
      const ids = missing.length <= MAX_IDS ? missing : missing.slice(start, start + MAX_IDS);
      const { heads } = await this.#post.getHeads({ ids }, this.#context);
      for (const head of heads) this.#heads.set(head.id, head);
    }
  }

  async #loadFacts(entries: readonly Entry[]): Promise<void> {
    const missing: string[] = [];
    const want = (id: string) => {
      if (this.#facts.has(id)) return;
      this.#facts.set(id, null);
      missing.push(id);
    };
    const wantAll = (head: PostHead | undefined) => {
      if (head === undefined) return;
      want(head.authorId);
      if (head.replyToAuthorId !== null) want(head.replyToAuthorId);
      for (const id of head.mentionedIds) want(id);
    };
    for (const { postId, targetId } of entries) {
      wantAll(this.head(postId));
      if (targetId !== null) wantAll(this.head(targetId));
    }
    for (let start = 0; start < missing.length; start += MAX_IDS) {
      const authorIds = missing.length <= MAX_IDS ? missing : missing.slice(start, start + MAX_IDS);
      const { facts } = await this.#user.visibilityFacts({ viewerId: this.viewerId, authorIds }, this.#context);
      for (const fact of facts) this.#facts.set(fact.id, fact);
    }
  }
}
