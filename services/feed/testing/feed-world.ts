import { join } from 'node:path';
import { type FeedService, feedContract } from '#contracts/services/feed.ts';
import { type PostService, postContract } from '#contracts/services/post.ts';
import { type UserService, userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { createDirectory, type ProcessDirectory } from '#platform/calls/directory.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { type Faults, noFaults } from '#platform/faults/faults.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import type { RunningService } from '#platform/lifecycle/platform.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { memoryCache } from '#ports/cache/memory/memory-cache.ts';
import type { Cache } from '#ports/cache/port.ts';
import type { EventBus } from '#ports/event-bus/port.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import type { ObjectStore } from '#ports/object-store/port.ts';
import type { Relational } from '#ports/relational/port.ts';
import { testRelational } from '#ports/relational/testing.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import type { WideColumn } from '#ports/wide-column/port.ts';
import { sqliteWideColumn } from '#ports/wide-column/sqlite/wide-column.ts';
import { type FeedConfig, feedDefaults } from '../config.ts';
import { startFeed } from '../main.ts';
import { Community } from './community.ts';

export interface WorldOptions {
  readonly config?: Partial<FeedConfig>;
  readonly faults?: Faults;
  /** Wraps the memory cache. */
  readonly cache?: (inner: Cache) => Cache;
  readonly wideColumn?: (inner: WideColumn) => WideColumn;
}

export interface StoredEntry {
  readonly readerId: string;
  readonly postId: string;
  readonly tag: string;
}

/** A feed service on real embedded stores in a folder of its own, among people and posts in memory. */
export interface FeedWorld {
  readonly community: Community;
  readonly clock: TestClock;
  readonly bus: EventBus;
  readonly relational: Relational;
  readonly wideColumn: WideColumn;
  /** The service as others call it: inputs and answers are checked. */
  readonly feed: FeedService;
  as(accountId: string | null): CallContext;
  /** Waits until all events have been handled. */
  drain(): Promise<void>;
  /** Stops the service and starts it again on the same data. */
  restart(config?: Partial<FeedConfig>): Promise<void>;
  /** Every home entry that the store has. */
  storedEntries(): StoredEntry[];
  close(): Promise<void>;
}

/** Waits a hundredth of what it should, so that backoffs do not make tests slow. */
const hurriedClock = { ...systemClock, wait: (ms: number, signal?: AbortSignal) => systemClock.wait(ms / 100, signal) };

/** Deadlines are set by the test's clock, which stands in another year: to this one none ever comes. */
const timeless = { ...systemClock, now: () => 0 };

export async function feedWorld(options: WorldOptions = {}): Promise<FeedWorld> {
  const folder = await temporaryFolder();
  const core = await openSqliteFile({ path: join(folder.path, 'core.db'), synchronous: 'NORMAL' });
  const derived = await openSqliteFile({ path: join(folder.path, 'derived.db'), synchronous: 'NORMAL' });
  const clock = new TestClock();
  const log = createLog('silent');
  const bus = await sqliteEventBus({ core, derived, clock: hurriedClock, log });
  const plainWide = sqliteWideColumn({ core, derived, clock });
  const wideColumn = options.wideColumn?.(plainWide) ?? plainWide;
  const relational = await testRelational(core);
  const plainCache = memoryCache({ clock });
  const cache = options.cache?.(plainCache) ?? plainCache;
  const ids = snowflakeIds(clock, 1);
  const community = new Community(bus, ids, clock);
  const services: ProcessDirectory = createDirectory({
    transport: 'function',
    clock: timeless,
    log,
    random: systemRandom,
    checkOutputs: true,
  });
  await services.register(partly(userContract, community.userService), community.userService as UserService);
  await services.register(partly(postContract, community.postService), community.postService as PostService);

  const start = async (config: Partial<FeedConfig> = {}): Promise<RunningService<typeof feedContract>> => {
    const platform = {
      clock,
      random: systemRandom,
      ids,
      faults: options.faults ?? noFaults,
      log,
      metrics: createMetrics(),
      services,
    };
    const objects = undefined as unknown as ObjectStore;
    const ports = { relational, wideColumn, bus, cache, objects };
    const running = await startFeed(platform, ports, { ...feedDefaults, ...options.config, ...config });
    await services.register(feedContract, running.api);
    return running;
  };
  let running = await start();

  return {
    community,
    clock,
    bus,
    relational,
    wideColumn,
    feed: services.client(feedContract),
    as: (accountId) => ({
      caller:
        accountId === null
          ? { kind: 'anonymous' }
          : { kind: 'account', accountId, sessionId: '1', role: 'user', scopes: ['read', 'write'] },
      deadlineMs: Number.MAX_SAFE_INTEGER,
      requestId: 'test',
    }),
    drain: () => bus.idle(),
    async restart(config) {
      await running.stop();
      running = await start(config);
    },
    storedEntries: () =>
      derived.read<StoredEntry>(
        `SELECT CAST(reader_id AS TEXT) AS "readerId", CAST(post_id AS TEXT) AS "postId", tag
         FROM wide_home_entry WHERE _removed = 0 ORDER BY reader_id, post_id, tag`,
        [],
      ),
    async close() {
      await running.stop();
      await services.close();
      await bus.close();
      await wideColumn.close();
      await relational.close();
      await cache.close();
      await Promise.all([core.close(), derived.close()]);
      await folder.remove();
    },
  };
}

/** The operations that the community plays. */
function partly<C extends { readonly name: string; readonly operations: object }>(contract: C, api: object): C {
  const operations = Object.fromEntries(Object.entries(contract.operations).filter(([name]) => name in api));
  return { ...contract, operations };
}
