import type { Static } from 'typebox';
import type { PostDraft, PostHead, ShownPost } from '#contracts/model/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { forbidden, PlazaError } from '#platform/errors/errors.ts';
import type { Faults } from '#platform/faults/faults.ts';
import { compareIds, type IdGenerator, idTimeMs } from '#platform/ids/ids.ts';
import { requireAccount } from './caller.ts';
import { type CheckedText, checkPoll, checkText } from './draft.ts';
import { countsAsReply, type PostEvents } from './events.ts';
import type { PostMedia } from './media-port.ts';
import { type Mentions, resolveMentions, toldOf } from './mentions.ts';
import type { ShownPosts } from './shown.ts';
import type { StoredBody } from './store/bodies.ts';
import type { PollStore } from './store/poll-store.ts';
import type { PostStore } from './store/post-store.ts';
import type { Reservations } from './store/reservations.ts';

type Draft = Static<typeof PostDraft>;

export interface CreateTools {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly faults: Faults;
  readonly users: Pick<UserService, 'resolveUsernames' | 'visibilityFacts'>;
  readonly posts: PostStore;
  readonly shown: ShownPosts;
  readonly reservations: Reservations;
  readonly polls: PollStore;
  readonly media: PostMedia;
  readonly events: PostEvents;
  readonly localHosts: ReadonlySet<string>;
}

/** A draft that passed all questions, ready to be written under an id. */
interface Ready {
  readonly draft: Draft;
  readonly checked: CheckedText;
  readonly mentions: Mentions;
  /** Those of the mentioned who get to know: not whoever blocks the author. */
  readonly mentionedIds: string[];
  readonly parent: PostHead | undefined;
  readonly pollOptions: readonly string[] | undefined;
  /** The scheduled post that holds the media until now. */
  readonly heldBy?: string;
}

/** Makes posts. */
export class CreatePost {
  readonly #tools: CreateTools;

  constructor(tools: CreateTools) {
    this.#tools = tools;
  }

  /** Any account may post. The same key again, at the same time or within a day, answers the same post and never makes a second. */
  async create(draft: Draft, idempotencyKey: string, context: CallContext): Promise<ShownPost> {
    const { clock, ids, faults, posts, reservations, shown } = this.#tools;
    const authorId = requireAccount(context);
    const ready = await this.prepare(authorId, draft, context).catch(async (error) => {
      // What it replies to may be gone since; the post that was made is still the answer.
      const made = await reservations.find(authorId, idempotencyKey);
      if (made !== undefined && (await posts.head(made)) !== undefined) return made;
      throw error;
    });
    if (typeof ready === 'string') return shown.one(ready, context);
    const proposedId = ids.next(ready.parent?.id);
    const postId = await reservations.reserve(authorId, idempotencyKey, proposedId, clock.now());
    faults.hit('post.after-reserve');
    if (postId === proposedId) return { head: await this.#write(postId, authorId, ready, true, context) };

    // Somebody came before with this key. If that call was cut short, the post is written now, from this draft, under the same id.
    if ((await posts.head(postId)) === undefined) await this.#write(postId, authorId, ready, false, context);
    return shown.one(postId, context);
  }

  /** For scheduled posts: writes the draft under an id that the caller keeps. Again, or after its deletion, changes nothing. */
  async publish(postId: string, draft: Draft, heldBy: string, context: CallContext): Promise<void> {
    const authorId = requireAccount(context);
    if ((await this.#tools.posts.head(postId)) !== undefined) return;
    const ready = await this.prepare(authorId, draft, context);
    await this.#write(postId, authorId, { ...ready, heldBy }, false, context);
  }

  /** Everything that can refuse a draft, except its media. */
  async prepare(authorId: string, draft: Draft, context: CallContext): Promise<Ready> {
    const { users, shown, localHosts } = this.#tools;
    const checked = checkText(draft, localHosts);
    await this.#requireActive(authorId, context);
    const pollOptions = draft.poll === null ? undefined : checkPoll(draft.poll);
    const mentions = await resolveMentions(users, checked.usernames, context);
    const parent = draft.replyToId === null ? undefined : await this.#parent(draft.replyToId, context);
    const mentionedIds = await toldOf(mentions, authorId, shown, context);
    return { draft, checked, mentions, mentionedIds, parent, pollOptions };
  }

  /** Sessions end soon after an account was left or suspended; what somebody posts in between would stay when all else of theirs is forgotten. */
  async #requireActive(authorId: string, context: CallContext): Promise<void> {
    const { viewerState } = await this.#tools.users.visibilityFacts({ viewerId: authorId, authorIds: [] }, context);
    if (viewerState !== 'active') throw forbidden('The account may not post now');
  }

  /** One may reply to what one may see. */
  async #parent(id: string, context: CallContext): Promise<PostHead> {
    try {
      return await this.#tools.shown.original(id, context);
    } catch (error) {
      if (!(error instanceof PlazaError) || error.code !== 'not_found') throw error;
      throw new PlazaError('not_found', 'The post you are trying to reply to does not appear to exist.');
    }
  }

  /** One durable write of the post, its listings and its events. `fresh`: this call made the id. */
  async #write(id: string, authorId: string, ready: Ready, fresh: boolean, context: CallContext): Promise<PostHead> {
    const { clock, faults, posts, polls, media, events } = this.#tools;
    const { draft, parent, pollOptions } = ready;
    if (parent !== undefined && compareIds(id, parent.id) <= 0) {
      throw new PlazaError('conflict', 'This idempotency key belongs to a post that is older than what it replies to');
    }
    const head: PostHead = {
      id,
      authorId,
      kind: 'post',
      visibility: draft.visibility,
      state: 'live',
      version: 1,
      createdMs: idTimeMs(id),
      replyToId: parent?.id ?? null,
      replyToAuthorId: parent?.authorId ?? null,
      repostOfId: null,
      repostOfAuthorId: null,
      threadId: parent?.threadId ?? id,
      language: draft.language,
      mentionedIds: ready.mentionedIds,
    };
    // Before the post, so that whoever sees the post finds its poll and its media. Both may be done again for the same post.
    if (draft.mediaIds.length > 0) await media.claim(draft.mediaIds, authorId, id, ready.heldBy);
    if (draft.poll !== null) {
      const expiresMs = clock.now() + draft.poll.expiresInSeconds * 1_000;
      await polls.create({ ...draft.poll, id, authorId, options: pollOptions!, expiresMs });
    }
    faults.hit('post.before-write');
    const told = [events.created(head, context)];
    if (countsAsReply(head)) told.push(events.replied(head, true, context));
    await events.commit(told, (rows) => posts.write(head, bodyFrom(ready), rows, fresh));
    faults.hit('post.after-write');
    return head;
  }
}

function bodyFrom({ draft, checked, mentions }: Ready): StoredBody {
  return {
    text: checked.text,
    contentWarning: checked.contentWarning,
    // A warning covers the pictures too: as Mastodon.
    sensitive: draft.sensitive || checked.contentWarning !== '',
    language: draft.language,
    mentions,
    tags: checked.tags,
    mediaIds: draft.mediaIds,
    hasPoll: draft.poll !== null,
    application: draft.application,
    editedMs: null,
  };
}
