import type { PostHead, ShownPost } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { forbidden } from '#platform/errors/errors.ts';
import type { Faults } from '#platform/faults/faults.ts';
import { type IdGenerator, idTimeMs } from '#platform/ids/ids.ts';
import { requireAccount } from './caller.ts';
import type { PostEvents } from './events.ts';
import type { ShownPosts } from './shown.ts';
import type { DeedStore } from './store/deed-store.ts';
import type { Doomed, PostStore } from './store/post-store.ts';
import { type RepostRow, type RepostStore, undoneOf } from './store/repost-store.ts';

/** Reposts deleted in one atomic write, each with its event. */
const MOST_TOGETHER = 16;

export interface RepostTools {
  readonly ids: IdGenerator;
  readonly faults: Faults;
  readonly posts: PostStore;
  readonly shown: ShownPosts;
  readonly deeds: DeedStore;
  readonly reposts: RepostStore;
  readonly events: PostEvents;
}

/** Reposts: a post of its own for each (person, post), at most one at a time. */
export class Reposting {
  readonly #tools: RepostTools;

  constructor(tools: RepostTools) {
    this.#tools = tools;
  }

  /** One may repost what one may see, except what others said to their followers only. A repost of a repost goes to what that one shows. */
  async repost(postId: string, visibility: PostHead['visibility'], context: CallContext): Promise<ShownPost> {
    const { ids, faults, posts, shown, deeds, reposts, events } = this.#tools;
    const actorId = requireAccount(context);
    const target = await shown.original(postId, context);
    if (target.visibility === 'followers' && target.authorId !== actorId) {
      throw forbidden('A post for followers cannot be reposted by others');
    }
    const proposedId = ids.next(target.id);
    const row = await reposts.begin(actorId, target.id, proposedId);
    faults.hit('repost.after-row');
    const known = row.repost_id === proposedId ? undefined : await posts.head(row.repost_id);
    if (known !== undefined) return { head: known, target };

    const head: PostHead = {
      id: row.repost_id,
      authorId: actorId,
      kind: 'repost',
      visibility: target.visibility === 'followers' ? 'followers' : visibility,
      state: 'live',
      version: 1,
      createdMs: idTimeMs(row.repost_id),
      replyToId: null,
      replyToAuthorId: null,
      repostOfId: target.id,
      repostOfAuthorId: target.authorId,
      threadId: row.repost_id,
      language: target.language,
      mentionedIds: [],
    };
    const undone = await this.#lastOf(doomedBefore(row, head), context);
    const told = [events.created(head, context), events.reposted(reaction(head, row, true), context)];
    for (const { head } of undone) told.push(events.deleted(head, context));
    await events.commit(told, (rows) =>
      posts.replace(head, undone, [...deeds.mutations(actorId, target.id, deedOf(row, true), undefined), ...rows]),
    );
    await this.#forgetUndone(actorId, target.id, row);
    return { head, target };
  }

  /** Answers what had been reposted; without a repost it changes nothing. The post may be named by the repost's id too. */
  async undo(postId: string, context: CallContext): Promise<ShownPost> {
    const actorId = requireAccount(context);
    const named = await this.#tools.posts.head(postId);
    const targetId = named?.repostOfId ?? postId;
    await this.undoFor(actorId, targetId, context);
    return this.#tools.shown.one(targetId, context);
  }

  /** Deletes the repost that a person made of a post, if there is one. Again changes nothing. */
  async undoFor(actorId: string, targetId: string, context: CallContext): Promise<void> {
    const { faults, posts, deeds, reposts, events } = this.#tools;
    const row = await reposts.end(actorId, targetId);
    faults.hit('repost.after-row');
    if (row === undefined || row.active === 1) return;
    const before = await deeds.get(actorId, targetId, 'repost');
    const head = await posts.head(row.repost_id);
    // Everything follows already.
    if (head === undefined && before?.active === false && before.revision >= row.revision) return;
    const target = await posts.head(targetId);
    const doomed: PostHead = head ?? {
      id: row.repost_id,
      authorId: actorId,
      kind: 'repost',
      visibility: 'followers',
      state: 'live',
      version: 1,
      createdMs: idTimeMs(row.repost_id),
      replyToId: null,
      replyToAuthorId: null,
      repostOfId: targetId,
      repostOfAuthorId: target?.authorId ?? actorId,
      threadId: row.repost_id,
      language: null,
      mentionedIds: [],
    };
    const all = [{ head: doomed, tags: [] }, ...(await this.#lastOf(doomedBefore(row, doomed), context))];
    const told = [
      ...all.map(({ head }) => events.deleted(head, context)),
      events.reposted(reaction(doomed, row, false), context),
    ];
    await events.commit(told, (rows) =>
      posts.erase(all, [...deeds.mutations(actorId, targetId, deedOf(row, false), before), ...rows]),
    );
    await this.#forgetUndone(actorId, targetId, row);
  }

  /** Deletes all but as many as go with one more write. */
  async #lastOf(undone: readonly Doomed[], context: CallContext): Promise<readonly Doomed[]> {
    const { posts, events } = this.#tools;
    let left = undone;
    for (; left.length > MOST_TOGETHER; left = left.slice(MOST_TOGETHER)) {
      const some = left.slice(0, MOST_TOGETHER);
      const told = some.map(({ head }) => events.deleted(head, context));
      await events.commit(told, (rows) => posts.erase(some, rows));
    }
    return left;
  }

  /** What is not forgotten is only deleted again. */
  async #forgetUndone(actorId: string, targetId: string, row: RepostRow): Promise<void> {
    await this.#tools.reposts.forgetUndone(actorId, targetId, row).catch(() => {});
  }
}

/** Those whose own undo may never have been written. */
function doomedBefore(row: RepostRow, head: PostHead): Doomed[] {
  return undoneOf(row).map((id) => ({ head: { ...head, id }, tags: [] }));
}

function deedOf(row: RepostRow, active: boolean) {
  return { kind: 'repost', active, revision: row.revision, since: row.revision, repostId: row.repost_id } as const;
}

function reaction(head: PostHead, row: RepostRow, active: boolean) {
  return {
    postId: head.repostOfId!,
    authorId: head.repostOfAuthorId!,
    actorId: head.authorId,
    active,
    revision: row.revision,
    repostId: head.id,
  };
}
