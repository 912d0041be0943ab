import { sessionEvents } from '#contracts/events/authentication.ts';
import { postEvents } from '#contracts/events/post.ts';
import { graphEvents } from '#contracts/events/user.ts';
import { idTimeMs } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/lifecycle/platform.ts';
import { type ConsumedEvent, startConsumer, takes } from '#platform/outbox/consumer.ts';
import type { EventBus, Subscriber } from '#ports/event-bus/port.ts';
import type { Relational } from '#ports/relational/port.ts';
import { DAY_MS } from './operations/statistics.ts';
import { markActive } from './scripts/activity.ts';
import { countFollows, countPosts, type PostChange } from './scripts/counts.ts';

type Pair = { readonly actorId: string; readonly targetId: string };
type Post = { readonly postId: string; readonly authorId: string };

/**
 * Counts followers and posts, and notes who is active.
 *
 * Invariants. Followers: a follow is in its target's count exactly if its row is marked as counted, and an event only says that a row is worth a look: what
 * counts is how the row stands now. Posts: each post has one row that appears once and turns to "deleted" once, and the count changes with it. Activity:
 * an account stands in the total of its last active day. Row and number change in one transaction, so twice is once, and late changes nothing.
 */
export async function startUserConsumers(
  platform: Platform,
  bus: EventBus,
  relational: Relational,
): Promise<Subscriber[]> {
  const { clock, metrics } = platform;
  const shared = { bus, clock, metrics, tier: 'core' } as const;

  const follows = await startConsumer({
    ...shared,
    group: 'user-follows',
    handlers: takes(graphEvents.UserFollowed, graphEvents.UserUnfollowed),
    async handleBatch(events) {
      const pairs = new Map(events.map((event) => [event.subject, event.data as Pair]));
      await relational.run(countFollows, {
        pairs: [...pairs.values()].map(({ actorId, targetId }) => ({ actorId, targetId })),
      });
    },
  });
  const posts = await startConsumer({
    ...shared,
    group: 'user-posts',
    handlers: takes(postEvents.PostCreated, postEvents.PostDeleted),
    async handleBatch(events) {
      await relational.run(countPosts, { changes: events.map(postChange) });
      await relational.run(markActive, {
        active: lastDays(
          events
            .filter((event) => event.type === postEvents.PostCreated.type)
            .map((event) => [(event.data as Post).authorId, idTimeMs((event.data as Post).postId)]),
        ),
      });
    },
  });
  const sessions = await startConsumer({
    ...shared,
    group: 'user-activity',
    handlers: takes(sessionEvents.SessionStarted),
    async handleBatch(events) {
      const active = events.map((event): [string, number] => [
        (event.data as { accountId: string }).accountId,
        Date.parse(event.time),
      ]);
      await relational.run(markActive, { active: lastDays(active) });
    },
  });
  return [follows, posts, sessions];
}

function postChange(event: ConsumedEvent): PostChange {
  const { postId, authorId } = event.data as Post;
  return { postId, authorId, deleted: event.type === postEvents.PostDeleted.type };
}

function lastDays(active: readonly (readonly [id: string, timeMs: number])[]): { id: string; day: number }[] {
  const days = new Map<string, number>();
  for (const [id, timeMs] of active) days.set(id, Math.max(days.get(id) ?? 0, Math.floor(timeMs / DAY_MS)));
  return [...days].map(([id, day]) => ({ id, day }));
}
