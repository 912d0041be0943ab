import { postContract } from '#contracts/services/post.ts';
import type { Platform, Ports, RunningService } from '#platform/lifecycle/platform.ts';
import type { PostConfig } from './config.ts';
import { countsSubscription } from './counts-consumer.ts';
import { followUpSubscription } from './follow-up-consumer.ts';
import { prepareMedia } from './media/main.ts';
import { postParts } from './parts.ts';
import { postService } from './service.ts';
import { POST_MIGRATIONS } from './store/schema.ts';
import { POST_TABLES } from './store/tables.ts';

export async function startPost(
  platform: Platform,
  ports: Ports,
  config: PostConfig,
): Promise<RunningService<typeof postContract>> {
  const { relational, wideColumn, bus } = ports;
  await relational.migrate('post', POST_MIGRATIONS);
  await wideColumn.declare(POST_TABLES);
  const preparedMedia = await prepareMedia(platform, ports, config.media);
  const parts = postParts(platform, ports, config, preparedMedia.attached);
  const { outbox, relay, votesRelay, publisher, maintenance, erasure, recount, recentCounts } = parts;
  await outbox.prepare();
  await relay.start();
  await votesRelay.start();
  const media = await preparedMedia.start(parts.posts, parts.users);
  const counted = (postId: string) => {
    recentCounts.changed(postId);
    recount.touch(postId);
  };
  const subscribers = [
    await bus.subscribe(countsSubscription(wideColumn, platform.faults, counted)),
    await bus.subscribe(followUpSubscription(parts)),
    await bus.subscribe(erasure.subscription),
  ];
  publisher.start();
  maintenance.start();
  erasure.start();

  return {
    contract: postContract,
    api: postService(parts, media.operations),
    relays: { post: relay, votes: votesRelay },
    async drain() {
      await publisher.publishDue();
      await maintenance.drain();
      await erasure.drain();
      await media.drain();
      await relay.drain();
      await votesRelay.drain();
    },
    async stop() {
      await publisher.stop();
      await maintenance.stop();
      for (const subscriber of subscribers) await subscriber.stop();
      await erasure.stop();
      await media.stop();
      await relay.stop();
      await votesRelay.stop();
    },
  };
}
