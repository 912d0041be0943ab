import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { type Random, seededRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import type { Relational } from '#ports/relational/port.ts';
import { testRelational } from '#ports/relational/testing.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { IdClockError, MAX_WORKER, snowflakeIds } from './ids.ts';
import { LEASE_MS, leaseWorker, REST_MS, type WorkerLease } from './lease.ts';
import { LEASE_MIGRATIONS } from './lease-script.ts';

const log = createLog('silent');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: SqliteFile;
let relational: Relational;
let leases: WorkerLease[];
let random: Random;

before(async () => {
  folder = await temporaryFolder();
});
after(() => folder.remove());

let fileNumber = 0;
beforeEach(async () => {
  file = await openSqliteFile({ path: join(folder.path, `${fileNumber++}.db`), synchronous: 'NORMAL' });
  relational = await testRelational(file);
  await relational.migrate('ids', LEASE_MIGRATIONS);
  leases = [];
  random = seededRandom('leases');
});
afterEach(async () => {
  for (const lease of leases) await lease.release();
  await relational.close();
  await file.close();
});

/** A process: a clock and a lease of its own, on the common store. */
async function lease(clock: TestClock, store = relational): Promise<WorkerLease> {
  const made = await leaseWorker({ relational: store, clock, random, log });
  leases.push(made);
  return made;
}

/** A store that a process can be cut off from, and that counts what was tried. */
function cuttable() {
  const state = { cut: false, tries: 0, waiting: [] as (() => void)[] };
  const store: Relational = {
    query: (query, options) => relational.query(query, options),
    run: (script, args) => relational.run(script, args),
    migrate: (service, migrations) => relational.migrate(service, migrations),
    close: async () => {},
    async batch(steps) {
      state.tries++;
      try {
        if (state.cut) throw new Error('cut off');
        return await relational.batch(steps);
      } finally {
        for (const wake of state.waiting.splice(0)) wake();
      }
    },
  };
  const tried = () => new Promise<void>((resolve) => state.waiting.push(resolve));
  return { state, store, tried };
}

test('processes that start at once get different numbers', async () => {
  const got = await Promise.all(Array.from({ length: 20 }, () => lease(new TestClock())));
  assert.equal(new Set(got.map((one) => one.worker)).size, 20);
  assert.ok(got.every((one) => one.mayIssue()));
});

test('a lease is renewed in the background', async () => {
  const clock = new TestClock();
  const { store, tried } = cuttable();
  const held = await lease(clock, store);
  for (let minutes = 0; minutes < 30; minutes++) {
    const renewed = tried();
    clock.advance(60_000);
    await renewed;
    await settled();
    assert.ok(held.mayIssue(), `after ${minutes + 1} minutes`);
  }
});

test('cut off from the store, a process stops making ids before its lease ends, and goes on when the store is back', async () => {
  const clock = new TestClock();
  const { state, store, tried } = cuttable();
  const held = await lease(clock, store);
  const ids = snowflakeIds(clock, held.worker, held.mayIssue);
  ids.next();
  state.cut = true;
  clock.advance(LEASE_MS - 10_000);
  ids.next();
  clock.advance(9_000);
  assert.throws(() => ids.next(), IdClockError);
  await settled();
  state.cut = false;
  const renewed = tried();
  clock.advance(60_000);
  await renewed;
  await settled();
  ids.next();
});

test('a number is given to somebody else only after the lease and a rest, and then the old holder never uses it again', async () => {
  const sleeper = new TestClock();
  const { state, store } = cuttable();
  const old = await lease(sleeper, store);
  state.cut = true;

  const other = new TestClock();
  other.advance(LEASE_MS + REST_MS);
  const early = await lease(other);
  assert.notEqual(early.worker, old.worker);
  await early.release();

  other.advance(1);
  const heir = await lease(other);
  assert.equal(heir.worker, old.worker);
  assert.ok(heir.mayIssue());

  // The old process wakes: its monotonic clock stood still, the wall clock did not.
  state.cut = false;
  sleeper.advance(LEASE_MS + REST_MS + 1);
  assert.equal(old.mayIssue(), false);
  await old.settle();
  assert.equal(old.mayIssue(), false);
  await old.release();
  assert.ok(heir.mayIssue());
  await heir.settle();
});

test('a machine that slept asks again before it makes ids: wall time counts even where monotonic time does not', async () => {
  const clock = new TestClock();
  let asleepMs = 0;
  const wall = { now: () => clock.now() + asleepMs, monotonic: () => clock.monotonic(), wait: clock.wait.bind(clock) };
  const held = await leaseWorker({ relational, clock: wall, random, log });
  leases.push(held);
  asleepMs = 3_600_000;
  assert.equal(held.mayIssue(), false);
  await held.settle();
  assert.equal(held.mayIssue(), true);
});

test('a number that was given back rests before the next one gets it', async () => {
  const clock = new TestClock();
  const first = await lease(clock);
  await first.release();
  assert.equal(first.mayIssue(), false);
  assert.notEqual((await lease(clock)).worker, first.worker);
  clock.advance(REST_MS + 1);
  assert.equal((await lease(clock)).worker, first.worker);
});

test('when all numbers are leased, the next process is refused', async () => {
  const clock = new TestClock();
  const first = await lease(clock);
  const others = queryBuilder<{ worker_lease: { worker: number; holder: string; expires_ms: number } }>()
    .insertInto('worker_lease')
    .values(
      Array.from({ length: MAX_WORKER }, (_, n) => ({
        worker: n + 1,
        holder: 'other',
        expires_ms: clock.now() + LEASE_MS,
      })),
    );
  await relational.batch([{ query: others }]);
  await assert.rejects(lease(clock), { code: 'unavailable' });
  assert.ok(first.mayIssue());
});

/** Lets what is ready run; the store answers before its own callers are woken. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve));
}
