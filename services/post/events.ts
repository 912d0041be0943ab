import type { Static } from 'typebox';
import { postEvents, reactionEvents } from '#contracts/events/post.ts';
import type { PostHead } from '#contracts/model/post.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import { newEvent, type PendingEvent } from '#platform/outbox/event.ts';
import type { WideOutbox } from '#platform/outbox/wide-outbox.ts';
import type { WideRelay } from '#platform/outbox/wide-relay.ts';
import { FINAL_VERSION, type Mutation } from '#ports/wide-column/port.ts';

/** What an event says of the call that caused it. */
export type Cause = Pick<CallContext, 'traceparent'>;

type ReactionData = Static<(typeof reactionEvents.PostLiked)['data']>;

/**
 * Makes the events of this service and writes them in the same write as the change they tell of. An event gets a new id each time its change is
 * written: the outbox finds it by the time in its id, so an id from hours ago would be overlooked. Consumers tell repetitions by the version.
 */
export class PostEvents {
  readonly #clock: Clock;
  readonly #ids: IdGenerator;
  readonly #outbox: WideOutbox;
  readonly #relay: Pick<WideRelay, 'handOver' | 'wake'>;

  constructor(tools: {
    readonly clock: Clock;
    readonly ids: IdGenerator;
    readonly outbox: WideOutbox;
    readonly relay: Pick<WideRelay, 'handOver' | 'wake'>;
  }) {
    this.#clock = tools.clock;
    this.#ids = tools.ids;
    this.#outbox = tools.outbox;
    this.#relay = tools.relay;
  }

  created(head: PostHead, cause: Cause): PendingEvent {
    return newEvent(postEvents.PostCreated, this.#fields(head.id, head.version, dataOf(head), cause));
  }

  updated(head: PostHead, cause: Cause): PendingEvent {
    return newEvent(postEvents.PostUpdated, this.#fields(head.id, head.version, dataOf(head), cause));
  }

  deleted(head: PostHead, cause: Cause): PendingEvent {
    return newEvent(postEvents.PostDeleted, this.#fields(head.id, FINAL_VERSION, dataOf(head), cause));
  }

  liked(data: ReactionData, cause: Cause): PendingEvent {
    return newEvent(reactionEvents.PostLiked, this.#fields(data.postId, data.revision, data, cause));
  }

  reposted(data: Static<(typeof reactionEvents.PostReposted)['data']>, cause: Cause): PendingEvent {
    return newEvent(reactionEvents.PostReposted, this.#fields(data.postId, data.revision, data, cause));
  }

  /** A reply stands (revision 1) until it is deleted (revision 2). */
  replied(reply: PostHead, active: boolean, cause: Cause): PendingEvent {
    const revision = active ? 1 : 2;
    const data = {
      postId: reply.replyToId!,
      authorId: reply.replyToAuthorId!,
      actorId: reply.authorId,
      replyId: reply.id,
      active,
      revision,
    };
    return newEvent(reactionEvents.PostReplied, this.#fields(data.postId, revision, data, cause));
  }

  countsDoubted(postId: string, cause: Cause): PendingEvent {
    return newEvent(reactionEvents.CountsDoubted, this.#fields(postId, this.#clock.now(), { postId }, cause));
  }

  /** A reaction told of once more, because the counts do not know it. */
  replyAgain(data: Static<(typeof reactionEvents.PostReplied)['data']>, cause: Cause): PendingEvent {
    return newEvent(reactionEvents.PostReplied, this.#fields(data.postId, data.revision, data, cause));
  }

  /** `write` gets the rows to add to its change. The relay learns of the events when it resolves, or looks for them when its fate is unknown. */
  async commit(events: readonly PendingEvent[], write: (rows: Mutation[]) => Promise<void>): Promise<void> {
    try {
      await write(this.#outbox.mutations(events));
    } catch (error) {
      this.#relay.wake();
      throw error;
    }
    this.#relay.handOver(events);
  }

  #fields<D>(subject: string, version: number, data: D, cause: Cause) {
    return {
      id: this.#ids.next(),
      source: 'post',
      subject,
      version,
      timeMs: this.#clock.now(),
      data,
      traceparent: cause.traceparent,
    };
  }
}

/** Whether a reply is counted where everybody sees the number: one for followers only would give its existence away. */
export function countsAsReply(head: PostHead): boolean {
  return head.replyToId !== null && head.visibility !== 'followers';
}

function dataOf(head: PostHead) {
  return {
    postId: head.id,
    authorId: head.authorId,
    kind: head.kind,
    visibility: head.visibility,
    replyToId: head.replyToId,
    replyToAuthorId: head.replyToAuthorId,
    repostOfId: head.repostOfId,
    repostOfAuthorId: head.repostOfAuthorId,
    threadId: head.threadId,
  };
}
