/**
 * Checks the counts of posts against what people did, and mends them.
 *
 * Invariant: it writes nothing but events. What the counts do not know is told once more, with its own revision, and sums that do not match are
 * doubted; the one consumer that counts changes the rows. So checking while others like and reply does no harm.
 */
import type { PostHead } from '#contracts/model/post.ts';
import { serviceContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { PendingEvent } from '#platform/outbox/event.ts';
import { MAX_RANGE_ROWS, type WideColumn } from '#ports/wide-column/port.ts';
import { countsAsReply, type PostEvents } from './events.ts';
import type { CountStore } from './store/count-store.ts';
import { type CountedKind, countedRows } from './store/counted.ts';
import type { PostStore } from './store/post-store.ts';
import { REACTION_SHARDS, REACTOR, REPLY } from './store/tables.ts';

export interface RecountTools {
  readonly clock: Clock;
  readonly wide: WideColumn;
  readonly posts: PostStore;
  readonly counts: CountStore;
  readonly events: PostEvents;
}

/** Posts remembered between two rounds. When more are touched, the rest waits until they are touched again. */
const MAX_TOUCHED = 20_000;
const EVENTS_PER_WRITE = 50;
/** Replies of one thread that are looked through. */
const MAX_REPLIES = 20_000;

interface Known {
  readonly active: boolean;
  readonly revision: number;
}

export class Recount {
  readonly #tools: RecountTools;
  #touched = new Set<string>();

  constructor(tools: RecountTools) {
    this.#tools = tools;
  }

  touch(postId: string): void {
    if (this.#touched.size < MAX_TOUCHED) this.#touched.add(postId);
  }

  /** Checks the posts that were touched since the last round. */
  async round(): Promise<void> {
    const ids = this.#touched;
    this.#touched = new Set();
    for (const id of ids) await this.check(id);
  }

  async check(postId: string): Promise<void> {
    const { posts, events, counts, clock } = this.#tools;
    const head = await posts.head(postId);
    if (head === undefined) return;
    const context = serviceContext('post', clock);
    const sums = { like: 0, repost: 0, reply: 0 };
    const told: PendingEvent[] = [];
    for (const kind of ['like', 'repost', 'reply'] as const) {
      const counted = await this.#counted(postId, kind);
      for (const { active } of counted.values()) if (active) sums[kind]++;
      const missed = kind === 'reply' ? this.#replies(head, counted) : this.#reactions(head, kind, counted);
      for await (const event of missed) told.push(event);
    }
    const [row] = await counts.rows([postId]);
    if (row!.likes !== sums.like || row!.reposts !== sums.repost || row!.replies !== sums.reply) {
      told.push(events.countsDoubted(postId, context));
    }
    for (let from = 0; from < told.length; from += EVENTS_PER_WRITE) {
      await events.commit(told.slice(from, from + EVENTS_PER_WRITE), (rows) => posts.writeRows(rows));
    }
  }

  async #counted(postId: string, kind: CountedKind): Promise<Map<string, Known>> {
    const known = new Map<string, Known>();
    for await (const rows of countedRows(this.#tools.wide, postId, kind)) {
      for (const { source_id, active, revision } of rows) known.set(source_id, { active, revision });
    }
    return known;
  }

  async *#reactions(
    head: PostHead,
    kind: 'like' | 'repost',
    counted: ReadonlyMap<string, Known>,
  ): AsyncGenerator<PendingEvent> {
    const { wide, events, clock } = this.#tools;
    const context = serviceContext('post', clock);
    for (let shard = 0; shard < REACTION_SHARDS; shard++) {
      let below: string | undefined;
      for (;;) {
        const rows = await wide.range(
          REACTOR,
          { post_id: head.id, kind, shard },
          { ...(below === undefined ? {} : { lt: below }), limit: MAX_RANGE_ROWS },
        );
        for (const { actor_id: actorId, active, revision, repost_id } of rows) {
          if ((counted.get(actorId)?.revision ?? 0) >= revision) continue;
          const data = { postId: head.id, authorId: head.authorId, actorId, active, revision };
          if (kind === 'like') yield events.liked(data, context);
          else if (repost_id !== null) yield events.reposted({ ...data, repostId: repost_id }, context);
        }
        if (rows.length < MAX_RANGE_ROWS) break;
        below = rows.at(-1)!.actor_id;
      }
    }
  }

  /** A reply that stands is counted; one that is gone is not. */
  async *#replies(head: PostHead, counted: ReadonlyMap<string, Known>): AsyncGenerator<PendingEvent> {
    const { events, clock } = this.#tools;
    const context = serviceContext('post', clock);
    const { ids, all } = await this.#repliesTo(head);
    const standing = new Set<string>();
    for (let from = 0; from < ids.length; from += 500) {
      for (const reply of await this.#tools.posts.heads(ids.slice(from, from + 500))) {
        if (reply === undefined || !countsAsReply(reply)) continue;
        standing.add(reply.id);
        if (!counted.has(reply.id)) yield events.replied(reply, true, context);
      }
    }
    if (!all) return;
    for (const [replyId, { active }] of counted) {
      if (!active || standing.has(replyId)) continue;
      // Who wrote it is forgotten with it, and nobody asks: the row goes by the reply's id.
      const data = { postId: head.id, authorId: head.authorId, actorId: head.authorId, replyId, active: false };
      yield events.replyAgain({ ...data, revision: 2 }, context);
    }
  }

  async #repliesTo(head: PostHead): Promise<{ ids: string[]; all: boolean }> {
    const ids: string[] = [];
    let after = head.id;
    for (let looked = 0; looked < MAX_REPLIES; looked += MAX_RANGE_ROWS) {
      const rows = await this.#tools.wide.range(
        REPLY,
        { thread_id: head.threadId },
        { gt: after, limit: MAX_RANGE_ROWS },
      );
      for (const { id, parent_id } of rows) if (parent_id === head.id) ids.push(id);
      if (rows.length < MAX_RANGE_ROWS) return { ids, all: true };
      after = rows.at(-1)!.id;
    }
    return { ids, all: false };
  }
}
