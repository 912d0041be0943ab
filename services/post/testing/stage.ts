import { join } from 'node:path';
import { type PostService, postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { createDirectory } from '#platform/calls/directory.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { type Faults, noFaults } from '#platform/faults/faults.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import type { Platform, Ports } from '#platform/lifecycle/platform.ts';
import { createDecoder } from '#platform/media/decoder.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { memoryCache } from '#ports/cache/memory/memory-cache.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import { openFolderStore } from '#ports/object-store/folder/folder-store.ts';
import { testRelational } from '#ports/relational/testing.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { startPost } from '../main.ts';
import { FakeUsers } from './fake-users.ts';

export interface StageOptions {
  readonly folder: string;
  readonly clock?: Clock;
  readonly faults?: Faults;
  readonly users?: FakeUsers;
  /** Puts something between the service and its tables, such as writes that land late. */
  readonly wideColumn?: (wide: WideColumn) => WideColumn;
  readonly onlyWriter?: boolean;
  readonly checkOutputs?: boolean;
  readonly mediaQuotaBytes?: number;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The post service on the embedded twins in a folder, with people in memory. */
export async function openStage(options: StageOptions) {
  const { folder, clock = systemClock, faults = noFaults, users = new FakeUsers() } = options;
  const log = createLog('silent');
  const random = systemRandom;
  const core = await openSqliteFile({ path: join(folder, 'core.sqlite'), synchronous: 'FULL' });
  const derived = await openSqliteFile({ path: join(folder, 'derived.sqlite'), synchronous: 'NORMAL' });
  const embedded = sqliteWideColumn({ core, derived, clock });
  const bus = await sqliteEventBus({ core, derived, clock, log, faults, random });
  const objects = await openFolderStore({ folder: join(folder, 'objects'), clock, random });
  const ports: Ports = {
    relational: await testRelational(core),
    wideColumn: options.wideColumn?.(embedded) ?? embedded,
    bus,
    cache: memoryCache({ clock }),
    objects,
  };
  const checkOutputs = options.checkOutputs ?? true;
  const services = createDirectory({ transport: 'function', clock, log, random, checkOutputs });
  const ids = snowflakeIds(clock, 1);
  const platform: Platform = { clock, random, ids, faults, log, metrics: createMetrics(), services };
  await services.register(userContract, users.api());
  const decoder = createDecoder({ log });
  const running = await startPost(platform, ports, {
    onlyWriter: options.onlyWriter ?? true,
    localHosts: ['plaza.example'],
    media: { decoder, quotaBytes: options.mediaQuotaBytes ?? 100 * 1024 * 1024 },
  });
  await services.register(postContract, running.api);
  const post: PostService = services.client(postContract);

  return {
    post,
    users,
    ports,
    platform,
    running,
    ids,
    /** A person who can call. */
    person(username: string): string {
      const id = ids.next();
      users.add(id, username);
      return id;
    },
    /** Waits until everything that follows from what was acknowledged has happened. */
    async drain() {
      await running.drain();
      await bus.idle();
      await running.drain();
      await bus.idle();
    },
    async close() {
      await services.close();
      await running.stop();
      await decoder.stop();
      await bus.close();
      await embedded.close();
      await objects.close();
      await ports.relational.close();
      await core.close();
      await derived.close();
    },
  };
}

/** A call of this person, or of somebody without an account. */
export function as(accountId: string | null, clock: Clock = systemClock): CallContext {
  return {
    caller:
      accountId === null
        ? { kind: 'anonymous' }
        : { kind: 'account', accountId, sessionId: '1', role: 'user', scopes: [] },
    deadlineMs: clock.now() + 30_000,
    requestId: 'test',
  };
}

type Draft = Parameters<PostService['create']>[0]['draft'];

export function draft(text: string, overrides: Partial<Draft> = {}): Draft {
  return {
    text,
    contentWarning: '',
    sensitive: false,
    language: null,
    visibility: 'public',
    replyToId: null,
    mediaIds: [],
    poll: null,
    application: null,
    ...overrides,
  };
}
