import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountState } from '#contracts/model/account.ts';
import { userContract } from '#contracts/services/user.ts';
import { type CallContext, serviceContext } from '#platform/calls/context.ts';
import { createDirectory } from '#platform/calls/directory.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { noFaults } from '#platform/faults/faults.ts';
import { snowflakeIds } from '#platform/ids/ids.ts';
import type { Platform } from '#platform/lifecycle/platform.ts';
import { seededRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { sqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';
import { openFolderStore } from '#ports/object-store/folder/folder-store.ts';
import type { Relational } from '#ports/relational/port.ts';
import { readRows, testRelational } from '#ports/relational/testing.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { startUser } from '../main.ts';
import type { RenderVariants } from '../profile-images.ts';

/** For tests: the user service on the embedded twins, in a folder of its own. */
export async function openUserWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-user-'));
  const clock = new TestClock();
  const random = seededRandom('user');
  const log = createLog('silent');
  const ids = snowflakeIds(clock, 1);
  const directory = createDirectory({ transport: 'function', clock, log, random, checkOutputs: true });
  const platform: Platform = {
    clock,
    random,
    ids,
    faults: noFaults,
    log,
    metrics: createMetrics(),
    services: directory,
  };

  const core = await openSqliteFile({ path: join(folder, 'core.db'), synchronous: 'NORMAL' });
  const derived = await openSqliteFile({ path: join(folder, 'derived.db'), synchronous: 'NORMAL' });
  const objects = await openFolderStore({ folder: join(folder, 'objects') });
  const queries = new Map<string, readonly unknown[]>();
  const relational = recording(await testRelational(core), queries);
  const bus = await sqliteEventBus({ core, derived, clock, faults: noFaults, log });
  const start = async () => {
    // A process that starts anew has metrics of its own.
    const fresh = { ...platform, metrics: createMetrics() };
    const started = await startUser(fresh, { relational, bus, objects }, { renderVariants: echoImages });
    await directory.register(userContract, started.api);
    return started;
  };
  let service = await start();

  const world = {
    clock,
    ids,
    relational,
    bus,
    objects,
    /** Called as others call it: inputs and answers are held against the contract. */
    api: directory.client(userContract),
    system: (): CallContext => serviceContext('authentication', clock),
    anonymous: (): CallContext => ({ ...serviceContext('gateway', clock), caller: { kind: 'anonymous' } }),
    as: (accountId: string): CallContext => ({
      ...serviceContext('gateway', clock),
      caller: { kind: 'account', accountId, sessionId: '1', role: 'user', scopes: [] },
    }),
    /** A new account; gives its id. */
    async person(username: string, state: AccountState = 'active'): Promise<string> {
      const accountId = ids.next();
      await world.api.createAccount({ accountId, username, state, locale: 'en' }, world.system());
      return accountId;
    },
    async people(count: number, prefix = 'person'): Promise<string[]> {
      const made: string[] = [];
      for (let i = 0; i < count; i++) made.push(await world.person(`${prefix}${i}`));
      return made;
    },
    async facts(viewerId: string | null, authorId: string) {
      return (await world.api.visibilityFacts({ viewerId, authorIds: [authorId] }, world.system())).facts[0]!;
    },
    async counts(id: string) {
      return (await world.api.getCounts({ ids: [id] }, world.system())).counts[0];
    },
    /** Every statement that was read with outside of scripts, and the last parameters of each. */
    queries,
    /** Rows of the service's own tables. */
    rows: <R = Record<string, unknown>>(sql: string, ...parameters: unknown[]) =>
      readRows<R>(relational, sql, ...parameters),
    /** Until nothing is due and every event has been handled. */
    async drain(): Promise<void> {
      for (let round = 0; round < 2; round++) {
        await service.drain();
        await bus.idle();
      }
    },
    /** Stops the service and starts it again on the same data. */
    async restart(): Promise<void> {
      await service.stop();
      service = await start();
    },
    async close(): Promise<void> {
      await service.stop();
      await directory.close();
      await bus.close();
      await objects.close();
      await relational.close();
      await derived.close();
      await core.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

function recording(relational: Relational, queries: Map<string, readonly unknown[]>): Relational {
  return {
    query(query, options) {
      const { sql, parameters } = 'compile' in query ? query.compile() : query;
      queries.set(sql, parameters);
      return relational.query(query, options);
    },
    batch: (steps) => relational.batch(steps),
    run: (script, args) => relational.run(script, args),
    migrate: (service, migrations) => relational.migrate(service, migrations),
    close: () => relational.close(),
  };
}

export type UserWorld = Awaited<ReturnType<typeof openUserWorld>>;

/** Stands in for the picture library: every variant is the input, and whoever sends `moves` gets a still picture that differs. */
const echoImages: RenderVariants = async (input, variants) =>
  variants.map(({ name, width, height, still }) => {
    const moves = Buffer.from(input).toString() === 'moves';
    return { name, width, height, contentType: 'image/webp', bytes: Buffer.from(moves && still ? 'still' : input) };
  });
