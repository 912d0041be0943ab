import type { UserService } from '#contracts/services/user.ts';
import type { Platform, Ports } from '#platform/lifecycle/platform.ts';
import type { Decoder } from '#platform/media/decoder.ts';
import type { Subscriber } from '#ports/event-bus/port.ts';
import type { MediaOperations, PostMedia } from '../media-port.ts';
import type { PostStore } from '../store/post-store.ts';
import { AttachedMedia } from './attached-media.ts';
import { ClaimCheck } from './claim-check.ts';
import { CreateMedia } from './create-media.ts';
import { mediaErasure } from './erasure.ts';
import { LooseFiles } from './loose-files.ts';
import { MediaStore } from './media-store.ts';
import { mediaOperations } from './operations.ts';
import { Orphans } from './orphans.ts';
import { MediaSweeper } from './sweeper.ts';
import { MEDIA_MIGRATIONS } from './tables.ts';

export interface MediaConfig {
  /** Reads what people upload. It belongs to the program. */
  readonly decoder: Pick<Decoder, 'prepare'>;
  /** How many bytes of media one person may keep. */
  readonly quotaBytes: number;
}

export interface RunningMedia {
  readonly operations: MediaOperations;
  /** Resolves when everything that is due by the clock is swept and every condemned file is gone. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** Media before posts: posts need `attached`, and `start` needs posts. */
export interface PreparedMedia {
  readonly attached: PostMedia;
  start(posts: PostStore, users: Pick<UserService, 'visibilityFacts'>): Promise<RunningMedia>;
}

export async function prepareMedia(platform: Platform, ports: Ports, config: MediaConfig): Promise<PreparedMedia> {
  const { clock, ids, faults, log } = platform;
  const { relational, objects, bus } = ports;
  await relational.migrate('post-media', MEDIA_MIGRATIONS);
  const store = new MediaStore(relational);
  const loose = new LooseFiles({ relational, objects, clock, log });
  const attached = new AttachedMedia({ clock, relational, store, condemned: () => loose.wake() });

  return {
    attached,
    async start(posts, users) {
      const creating = new CreateMedia({ clock, ids, faults, log, objects, relational, loose, ...config });
      const claims = new ClaimCheck({ relational, posts, clock });
      const orphans = new Orphans({ relational, objects, clock, store });
      const sweeper = new MediaSweeper({ clock, log, relational, loose, claims, orphans });
      loose.start();
      sweeper.start();
      const subscriber: Subscriber = await bus.subscribe(mediaErasure({ relational, clock, loose }));
      return {
        operations: mediaOperations({ clock, relational, users, posts, store, creating, loose }),
        async drain() {
          await sweeper.sweep();
          await loose.drain();
        },
        async stop() {
          await subscriber.stop();
          await sweeper.stop();
          await loose.stop();
        },
      };
    },
  };
}
