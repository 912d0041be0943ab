import type { ShownPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { requireAccount } from './caller.ts';
import type { PostEvents } from './events.ts';
import type { ShownPosts } from './shown.ts';
import type { Deed, DeedKind, DeedStore } from './store/deed-store.ts';
import type { PostStore } from './store/post-store.ts';
import type { Revisions } from './store/revisions.ts';

export interface ReactTools {
  readonly posts: PostStore;
  readonly shown: ShownPosts;
  readonly deeds: DeedStore;
  readonly revisions: Revisions;
  readonly events: PostEvents;
}

/** Likes, bookmarks and muted threads: begun and ended as often as one wants; doing it twice is doing it once. */
export class React {
  readonly #tools: ReactTools;

  constructor(tools: ReactTools) {
    this.#tools = tools;
  }

  /** Whoever may see a post may like and bookmark it. Reactions to a repost go to what was reposted. */
  async begin(kind: Exclude<DeedKind, 'repost'>, postId: string, context: CallContext): Promise<ShownPost> {
    const actorId = requireAccount(context);
    const head = await this.#tools.shown.original(postId, context);
    await this.#change(actorId, kind, head, true, context);
    return { head };
  }

  /** Ending is allowed for what one may no longer see, but then it answers `not_found`. */
  async end(kind: Exclude<DeedKind, 'repost'>, postId: string, context: CallContext): Promise<ShownPost> {
    const actorId = requireAccount(context);
    const named = await this.#tools.posts.head(postId);
    if (named === undefined) throw notFound();
    const head = named.repostOfId === null ? named : await this.#tools.posts.head(named.repostOfId);
    if (head === undefined) throw notFound();
    const [shown] = await this.#tools.shown.ofHeads([head], context);
    if (shown === undefined && (await this.#tools.deeds.get(actorId, subjectOf(kind, head), kind)) === undefined) {
      throw notFound();
    }
    await this.#change(actorId, kind, head, false, context);
    if (shown === undefined) throw notFound();
    return shown;
  }

  /** Ends a deed of somebody who is being forgotten. */
  async endFor(actorId: string, kind: 'like' | 'bookmark', postId: string, context: CallContext): Promise<void> {
    const head = await this.#tools.posts.head(postId);
    if (head !== undefined) await this.#change(actorId, kind, head, false, context);
  }

  /**
   * Always writes, even where nothing seems to change: an earlier change whose fate is unknown may land after this one, and has to
   * meet a larger revision (see `Revisions`).
   */
  async #change(
    actorId: string,
    kind: Exclude<DeedKind, 'repost'>,
    head: ShownPost['head'],
    active: boolean,
    context: CallContext,
  ): Promise<void> {
    const { deeds, revisions, events, posts } = this.#tools;
    const subjectId = subjectOf(kind, head);
    const before = await deeds.get(actorId, subjectId, kind);
    const revision = revisions.next(active, before?.revision);
    // What went on keeps its place in the list.
    const since = before !== undefined && (before.active || !active) ? before.since : revision;
    const deed: Deed = { kind, active, revision, since, repostId: null };
    const told =
      kind === 'like'
        ? [events.liked({ postId: head.id, authorId: head.authorId, actorId, active, revision }, context)]
        : [];
    await events.commit(told, (rows) =>
      posts.writeRows([...deeds.mutations(actorId, subjectId, deed, before), ...rows]),
    );
  }
}

/** A muted thread is a deed with its first post. */
function subjectOf(kind: DeedKind, head: ShownPost['head']): string {
  return kind === 'mute' ? head.threadId : head.id;
}
