import { postEvents } from '#contracts/events/post.ts';
import { graphEvents, userEvents } from '#contracts/events/user.ts';
import { feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import { compareIds } from '#platform/ids/ids.ts';
import type { Platform, Ports, RunningService } from '#platform/lifecycle/platform.ts';
import { on, startConsumer, takes } from '#platform/outbox/consumer.ts';
import { recordable } from '#platform/remembering/recording.ts';
import type { Subscriber } from '#ports/event-bus/port.ts';
import { FamousAuthors } from './authors/famous.ts';
import { AuthorRecents } from './authors/recents.ts';
import { requireAccount } from './caller.ts';
import { type FeedConfig, feedDefaults } from './config.ts';
import { FanOut } from './fan-out/consumer.ts';
import { DeliveryDecisions } from './fan-out/decisions.ts';
import { TagDelivery } from './fan-out/tag-delivery.ts';
import { Turns } from './fan-out/turns.ts';
import { filterOperations } from './filters/operations.ts';
import { Filters } from './filters/store.ts';
import { GraphChanges } from './graph-consumer.ts';
import { ArrangementReader } from './home/arrangements.ts';
import { Home } from './home/home.ts';
import { NewestInCache } from './home/newest-in-cache.ts';
import { NewestInProcess } from './home/newest-in-process.ts';
import { Presence } from './home/presence.ts';
import { PulledHome, type TagStreams } from './home/pull.ts';
import { ActiveReaders } from './home/readers.ts';
import { HomeStates } from './home/state.ts';
import { HomeStore } from './home/store.ts';
import { listOperations } from './lists/operations.ts';
import { Lists } from './lists/store.ts';
import { ListTimeline } from './lists/timeline.ts';
import { markerOperations } from './markers/operations.ts';
import { migrations } from './store/relational.ts';
import { homeTables } from './store/tables.ts';
import { FollowedTags } from './tags/followed.ts';
import { tagOperations } from './tags/operations.ts';
import { PostTags } from './tags/post-tags.ts';
import { feedTelemetry } from './telemetry.ts';
import { Buckets } from './timelines/buckets.ts';
import { Timelines } from './timelines/consumer.ts';
import { timelineOperations } from './timelines/operations.ts';
import { PublicEntries } from './timelines/public.ts';
import { timelineTables } from './timelines/tables.ts';
import { TaggedEntries } from './timelines/tagged.ts';
import { TimelineWriter } from './timelines/writer.ts';
import { Forgetting } from './user-consumer.ts';

/** Starts the feed service: its tables, what it holds in memory, and its consumers. */
export async function startFeed(
  platform: Platform,
  ports: Ports,
  config: FeedConfig = feedDefaults,
): Promise<RunningService<typeof feedContract>> {
  const { clock, ids, faults, metrics, services } = platform;
  const { relational, wideColumn, bus, cache } = ports;
  const post = services.client(postContract);
  const user = services.client(userContract);

  await relational.migrate('feed', migrations);
  await wideColumn.declare([...homeTables, ...timelineTables]);

  const telemetry = feedTelemetry(metrics);
  const readers = new ActiveReaders(wideColumn, clock, config);
  const famous = new FamousAuthors(wideColumn, user, clock, config);
  const recents = new AuthorRecents(post, cache, clock, config);
  const store = new HomeStore(wideColumn, clock, config);
  const states = new HomeStates(wideColumn, config.homesInMemory);
  const newest = config.shared
    ? new NewestInCache(cache, platform.random, platform.log)
    : new NewestInProcess(config.homesInMemory);
  const lists = new Lists(relational);
  const filters = new Filters(relational);
  const followed = new FollowedTags(relational);
  const buckets = new Buckets(wideColumn);
  const tagged = new TaggedEntries(wideColumn, buckets);
  const publicEntries = new PublicEntries(wideColumn, buckets);
  const postTags = new PostTags(wideColumn);
  const arrangements = new ArrangementReader({ lists, followed, postTags, cache, clock }, config);
  const pulled = new PulledHome(user, recents, followedTagStreams(followed, tagged));
  const presence = new Presence({ readers, states, store, newest, pulled, telemetry }, clock, config);
  const home = new Home({ post, user, presence, store, newest, pulled, recents, famous, clock, arrangements });
  const listTimeline = new ListTimeline({ post, user, recents, lists });

  const turns = new Turns();
  const decisions = new DeliveryDecisions(wideColumn, user, famous, config);
  const fanOut = new FanOut(
    { user, readers, decisions, recents, store, newest, turns, faults, clock, telemetry },
    config,
  );
  const tagDelivery = new TagDelivery({ post, clock, followed, readers, store, newest, turns, faults }, config);
  const writer = new TimelineWriter(wideColumn, buckets, config.publicShards);
  const timelines = new Timelines(post, writer, clock);
  const graph = new GraphChanges({ post, user, readers, famous, store, newest, lists, arrangements, clock });
  const forgetting = new Forgetting({ relational, states, store, readers, newest, recents, arrangements });

  // Who is active and who is famous must be known before the first post is delivered.
  await Promise.all([readers.load(), famous.load(), recents.start(), arrangements.start()]);
  const { PostCreated, PostUpdated, PostDeleted } = postEvents;
  const { UserFollowed, UserUnfollowed, UserBlocked } = graphEvents;
  const shared = { bus, clock, metrics };
  const consumers: Subscriber[] = [
    await startConsumer({
      ...shared,
      group: 'feed.fan-out',
      tier: 'derived',
      handlers: takes(PostCreated, PostDeleted),
      handleBatch: fanOut.handle,
    }),
    await startConsumer({
      ...shared,
      group: 'feed.timelines',
      tier: 'core',
      handlers: takes(PostCreated, PostUpdated, PostDeleted),
      handleBatch: timelines.handle,
    }),
    await startConsumer({
      ...shared,
      group: 'feed.tags',
      tier: 'derived',
      handlers: takes(PostCreated, PostUpdated),
      handleBatch: tagDelivery.handle,
    }),
    await startConsumer({
      ...shared,
      group: 'feed.graph',
      tier: 'derived',
      handlers: takes(UserFollowed, UserUnfollowed, UserBlocked),
      handleBatch: graph.handle,
    }),
    await startConsumer({
      ...shared,
      group: 'feed.accounts',
      tier: 'core',
      handlers: [on(userEvents.UserDeleted, forgetting.handle)],
    }),
  ];

  return {
    contract: feedContract,
    api: {
      home: recordable(({ page }, context) => home.read(requireAccount(context), page, context)),
      list: ({ listId, page }, context) => listTimeline.read(listId, requireAccount(context), page, context),
      ...timelineOperations({ post, user, publicEntries, tagged }),
      ...listOperations({ relational, user, ids, lists, arrangements }),
      ...tagOperations({ relational, ids, arrangements }),
      ...filterOperations({ relational, clock, ids, filters }),
      ...markerOperations(relational, clock),
    },
    /** The feed has no timers of its own; its consumers are drained with the bus. */
    async drain() {},
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await Promise.all([recents.stop(), arrangements.stop()]);
    },
  };
}

/** Streams of the hashtags that a reader follows, for homes that are put together when they are read. */
function followedTagStreams(followed: FollowedTags, tagged: TaggedEntries): TagStreams {
  return async (readerId, below, from) => {
    const names = await followed.of(readerId);
    return names.map((name) => {
      const stream = tagged.stream(name, below === null ? {} : { maxId: below });
      let ended = false;
      return {
        async next() {
          if (ended) return [];
          const piece = await stream.next();
          const end = piece.findIndex((entry) => compareIds(entry.postId, from) < 0);
          if (end < 0) return piece;
          ended = true;
          return piece.slice(0, end);
        },
      };
    });
  };
}
