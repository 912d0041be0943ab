import { userContract } from '#contracts/services/user.ts';
import type { Platform, Ports, RunningService } from '#platform/lifecycle/platform.ts';
import { relationalRelay } from '#platform/outbox/relational-relay.ts';
import type { Script } from '#ports/relational/port.ts';
import { startSweeper } from './background/sweeper.ts';
import { startTaskWorker } from './background/tasks.ts';
import { startUserConsumers } from './consumer.ts';
import type { UserParts } from './parts.ts';
import { profileImages, type RenderVariants } from './profile-images.ts';
import { userOutbox } from './scripts/emit.ts';
import { userService } from './service.ts';
import { accountReader } from './store/accounts.ts';
import { userMigrations } from './store/migrations.ts';
import { noCacheUse, observeCaches } from './telemetry.ts';
import { factsReader } from './visibility-facts.ts';

export interface UserConfig {
  /** Makes the sizes of a profile picture out of what a person sent. */
  readonly renderVariants: RenderVariants;
}

/** Starts the user service: profiles and the graph. */
export async function startUser(
  platform: Platform,
  ports: Pick<Ports, 'relational' | 'bus' | 'objects'>,
  config: UserConfig,
): Promise<RunningService<typeof userContract>> {
  const { clock, ids, log, random, faults, shared = false } = platform;
  const { relational, bus, objects } = ports;
  await relational.migrate('user', { ...userOutbox.migrations, ...userMigrations });

  const relay = relationalRelay({ relational, outbox: userOutbox, bus, clock, random, faults, log, shared });
  const images = profileImages({ objects, ids, renderVariants: config.renderVariants });
  const told = () => relay.wake();
  const tasks = startTaskWorker({ relational, clock, faults, ids, log, images, told });
  const caches = { accounts: noCacheUse(), facts: noCacheUse() };
  observeCaches(platform.metrics, caches);
  const parts: UserParts = {
    relational,
    clock,
    ids,
    accounts: accountReader(relational, caches.accounts),
    facts: factsReader(relational, clock, caches.facts),
    async change<A, R>(script: Script<A, R>, args: A) {
      const result = await relational.run(script, args);
      relay.wake();
      return result;
    },
    promised: () => tasks.wake(),
  };
  const sweeper = startSweeper({ relational, clock, ids, log, told });
  const consumers = await startUserConsumers(platform, bus, relational);
  await relay.start();

  return {
    contract: userContract,
    api: userService(parts, images),
    relays: { user: relay },
    async drain() {
      await tasks.drain();
      await sweeper.drain();
      await relay.drain();
    },
    async stop() {
      for (const consumer of consumers) await consumer.stop();
      await sweeper.stop();
      await tasks.stop();
      await relay.stop();
    },
  };
}
