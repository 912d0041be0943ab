import { postContract } from '#contracts/services/post.ts';
import type { Platform, Ports, RunningService } from '#platform/lifecycle/platform.ts';
import type { PostConfig } from './config.ts';
import { countsSubscription } from './counts-consumer.ts';
import { noMedia } from './media-port.ts';
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
  const parts = postParts(platform, ports, config, noMedia);
  await parts.outbox.prepare();
  await parts.relay.start();
  const subscribers = [await bus.subscribe(countsSubscription(wideColumn, platform.faults))];

  return {
    contract: postContract,
    api: postService(parts),
    drain: () => parts.relay.drain(),
    async stop() {
      for (const subscriber of subscribers) await subscriber.stop();
      await parts.relay.stop();
    },
  };
}
