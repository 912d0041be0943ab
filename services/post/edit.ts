import type { Static } from 'typebox';
import type { PostHead, ShownPost } from '#contracts/model/post.ts';
import type { postContract } from '#contracts/services/post.ts';
import type { UserService } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { notFound } from '#platform/errors/errors.ts';
import type { Faults } from '#platform/faults/faults.ts';
import { idTimeMs } from '#platform/ids/ids.ts';
import type { Relational } from '#ports/relational/port.ts';
import { FINAL_VERSION, type Mutation, put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import { requireAccount } from './caller.ts';
import { checkPoll, checkText } from './draft.ts';
import type { PostEvents } from './events.ts';
import type { PostMedia } from './media-port.ts';
import { resolveMentions, toldOf } from './mentions.ts';
import { revisePoll } from './scripts/revise-poll.ts';
import type { ShownPosts } from './shown.ts';
import type { RevisedPoll, StoredBody } from './store/bodies.ts';
import type { PollStore } from './store/poll-store.ts';
import type { PostStore } from './store/post-store.ts';
import type { RevisionStore } from './store/revision-store.ts';
import { POST_BY_AUTHOR_TAG, POST_HISTORY } from './store/tables.ts';

export type Edit = Static<(typeof postContract)['operations']['edit']['input']>;

export interface EditTools {
  readonly clock: Clock;
  readonly wide: WideColumn;
  readonly relational: Relational;
  readonly users: Pick<UserService, 'resolveUsernames'>;
  readonly posts: PostStore;
  readonly shown: ShownPosts;
  readonly polls: PollStore;
  readonly media: PostMedia;
  readonly revisionNumbers: RevisionStore;
  readonly events: PostEvents;
  readonly faults: Faults;
  readonly localHosts: ReadonlySet<string>;
}

/**
 * Edits a post. Each edit takes a revision number of its own, so of edits at the same time the one with the larger number stands, each of them is
 * in the history, and none is lost or torn. An edit that meets a deletion changes nothing.
 */
export class EditPost {
  readonly #tools: EditTools;

  constructor(tools: EditTools) {
    this.#tools = tools;
  }

  /** The author only. */
  async edit(edit: Edit, context: CallContext): Promise<ShownPost> {
    const { posts, shown, events, revisionNumbers, faults } = this.#tools;
    const authorId = requireAccount(context);
    const before = await this.#own(edit.postId, authorId);
    const { head, body, revision } = before;
    const next = await this.#checked(edit, body, authorId, context);
    const pollBefore = await this.#pollOf(before);
    const pollOptionsBefore = pollBefore?.options ?? null;
    const pollOptions = next.body.poll?.options ?? null;
    const pollChanged =
      JSON.stringify(pollOptions) !== JSON.stringify(pollOptionsBefore) ||
      (edit.poll !== null && pollBefore?.multiple !== edit.poll.multiple);
    const described = await this.#attach(edit, authorId);
    if (!pollChanged && !described && sameBody(body, next.body)) {
      await this.#revisePoll(edit, revision, next.body, authorId);
      return shown.one(head.id, context);
    }

    const version = await revisionNumbers.next(head.id);
    // A new poll is there before the post that shows it; any other change comes after, and by the event should this process end in between.
    if (!body.hasPoll) await this.#revisePoll(edit, version, next.body, authorId);
    const edited: PostHead = { ...head, version, language: edit.language, mentionedIds: next.mentionedIds };
    const also: Mutation[] = [
      history(head.id, revision, body, pollOptionsBefore, body.editedMs ?? idTimeMs(head.id)),
      history(head.id, version, next.body, pollOptions, next.body.editedMs!),
    ];
    await events.commit([events.updated(edited, context)], (rows) =>
      posts.write(edited, next.body, [...also, ...rows], false),
    );
    faults.hit('post.before-poll');
    if (body.hasPoll) await this.#revisePoll(edit, version, next.body, authorId);
    // With sixty tags before and sixty others after, these would not fit into the atomic write.
    const lost = removedTags(head, body, next.body, version);
    if (lost.length > 0) await this.#tools.wide.write(lost);
    await this.#forgetIfDeleted(head.id, [revision, version]);
    const removed = body.mediaIds.filter((id) => !edit.mediaIds.includes(id));
    if (removed.length > 0) await this.#tools.media.release(head.id, removed, false);
    return shown.one(head.id, context);
  }

  async #own(postId: string, authorId: string): Promise<{ head: PostHead; body: StoredBody; revision: number }> {
    const { posts } = this.#tools;
    const [head, row] = [await posts.head(postId), await posts.body(postId)];
    if (head === undefined || row === undefined || head.authorId !== authorId) throw notFound();
    // Another edit may stand between the two reads: what the body says belongs to the body's own revision.
    return { head, body: row.body, revision: row.revision };
  }

  /** What the post asks: an edit before this one may have ended before its poll did, and the same edit again is no other revision. */
  async #pollOf({ head, body }: { head: PostHead; body: StoredBody }) {
    if (body.poll !== undefined) return body.poll;
    if (!body.hasPoll) return null;
    const [poll] = await this.#tools.polls.many([head.id]);
    return poll === undefined ? null : { multiple: poll.multiple, options: poll.options.map(({ title }) => title) };
  }

  async #checked(edit: Edit, before: StoredBody, authorId: string, context: CallContext) {
    const { clock, users, shown, localHosts } = this.#tools;
    const { usernames, tags, text, contentWarning } = checkText(edit, localHosts);
    const mentions = await resolveMentions(users, usernames, context);
    const body: StoredBody = {
      ...before,
      text,
      contentWarning,
      sensitive: edit.sensitive || contentWarning !== '',
      language: edit.language,
      mentions,
      tags,
      mediaIds: edit.mediaIds,
      hasPoll: edit.poll !== null,
      editedMs: clock.now(),
      poll: revisedPoll(edit, clock),
    };
    return { body, mentionedIds: await toldOf(mentions, authorId, shown, context) };
  }

  /** Whether descriptions of media changed. */
  async #attach(edit: Edit, authorId: string): Promise<boolean> {
    const { media } = this.#tools;
    // All of them, not only new ones: another edit may just have let one go. What is attached stays so.
    if (edit.mediaIds.length > 0) await media.claim(edit.mediaIds, authorId, edit.postId);
    const details = edit.mediaDetails.filter(({ id }) => edit.mediaIds.includes(id));
    return details.length > 0 && (await media.describe(details, authorId));
  }

  async #revisePoll(edit: Edit, revision: number, body: StoredBody, authorId: string): Promise<void> {
    const { relational, polls } = this.#tools;
    if (edit.poll === null && (await polls.many([edit.postId])).length === 0) return;
    const { editedMs, poll = null } = body;
    await relational.run(revisePoll, { pollId: edit.postId, authorId, revision, editedMs: editedMs!, poll });
  }

  /** A deletion may have come in between: its history goes too, and the caller learns that there is no such post. */
  async #forgetIfDeleted(postId: string, revisions: readonly number[]): Promise<void> {
    const { posts, wide } = this.#tools;
    if ((await posts.head(postId)) !== undefined) return;
    await wide.write(revisions.map((revision) => remove(POST_HISTORY, { post_id: postId, revision }, FINAL_VERSION)));
    throw notFound();
  }
}

function revisedPoll({ poll }: Edit, clock: Clock): RevisedPoll | null {
  if (poll === null) return null;
  const { multiple, hideTotals, expiresInSeconds } = poll;
  return { options: checkPoll(poll), multiple, hideTotals, expiresMs: clock.now() + expiresInSeconds * 1_000 };
}

function history(
  post_id: string,
  revision: number,
  body: StoredBody,
  poll_options: readonly string[] | null,
  created_ms: number,
): Mutation {
  return put(POST_HISTORY, { post_id, revision, body, poll_options, created_ms }, 1);
}

function removedTags(head: PostHead, before: StoredBody, after: StoredBody, version: number): Mutation[] {
  return before.tags
    .filter((tag) => !after.tags.includes(tag))
    .map((tag) => remove(POST_BY_AUTHOR_TAG, { author_id: head.authorId, tag, id: head.id }, version));
}

function sameBody(a: StoredBody, b: StoredBody): boolean {
  const said = ({ text, contentWarning, sensitive, language, mediaIds }: StoredBody) =>
    JSON.stringify([text, contentWarning, sensitive, language, mediaIds]);
  return said(a) === said(b);
}
