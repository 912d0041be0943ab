import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import { testRelational } from '#ports/relational/testing.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import type { SqliteFile } from '#ports/sqlite/port.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { untilObeyed } from './obeyed.ts';
import type { Phase } from './phases.ts';
import { allProcesses, allStates, move, stateOf } from './script.ts';
import type { MigratorTools } from './tools.ts';
import { type MigrationWatch, WATCH_TIMES, watchMigrations } from './watch.ts';

const log = createLog('silent');
/** For what is not to happen: the clock moves and all that it set off is given its turn. */
const A_WHILE = 20;

describe('processes that obey a migration', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let file: SqliteFile;
  let relational: Relational;
  let used = 0;

  before(async () => {
    folder = await temporaryFolder();
    file = await openSqliteFile({ path: `${folder.path}/core.db`, synchronous: 'NORMAL' });
    relational = await testRelational(file);
  });
  after(async () => {
    await relational.close();
    await file.close();
    await folder.remove();
  });

  const join = (name: string, clock: TestClock, store = relational, names = [name]) =>
    watchMigrations({ relational: store, clock, random: systemRandom, log, names, alone: false });
  const state = async (name: string) => stateOf(name, await relational.query(allStates));
  const take = async (name: string, phase: Phase) =>
    relational.run(move, { state: await state(name), phase, filled: false });
  const phaseOf = (watch: MigrationWatch, name: string) => watch.within(async (of) => of(name));
  /** Moves the clock until the promise is settled, each time letting the store answer. */
  const passing = async <R>(clock: TestClock, promise: Promise<R>): Promise<R> => {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    while (!settled) {
      clock.advance(1_000);
      await relational.query(allProcesses);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return promise;
  };
  const toolsOf = (clock: TestClock) =>
    ({ relational, clock, letLook: () => clock.wait(500), report: () => {} }) as unknown as MigratorTools;

  test('a step waits for work that began under the one before', async () => {
    const name = `migration-${used++}`;
    const watch = await join(name, new TestClock());
    assert.equal(await take(name, 1), true);
    let finish = () => {};
    const work = watch.within((of) => {
      assert.equal(of(name), 0);
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    await watch.refresh();
    assert.equal(await phaseOf(watch, name), 1, 'what begins now obeys');
    assert.equal(await take(name, 2), false, 'what began before has not ended');
    finish();
    await work;
    await watch.refresh();
    assert.equal(await take(name, 2), true);
    await watch.stop();
  });

  test('a process that begins obeys at once, and one that ends is not waited for', async () => {
    const name = `migration-${used++}`;
    const clock = new TestClock();
    const first = await join(name, clock);
    await take(name, 1);
    const second = await join(name, clock);
    assert.equal(await phaseOf(second, name), 1);
    assert.equal(await take(name, 2), false, 'the first has not looked');
    await first.stop();
    assert.equal(await take(name, 2), true);
    await second.stop();
  });

  test('one that cannot reach the store stops before it is given up, and what it had begun is not acknowledged', async () => {
    const name = `migration-${used++}`;
    const [own, others] = [new TestClock(), new TestClock()];
    let isAway = false;
    const away = () => Promise.reject(new Error('away'));
    const shaky: Relational = {
      ...relational,
      query: (...args) => (isAway ? away() : relational.query(...args)),
      batch: (...args) => (isAway ? away() : relational.batch(...args)),
      run: (...args) => (isAway ? away() : relational.run(...args)),
      migrate: (...args) => relational.migrate(...args),
    };
    const lost = await join(name, own, shaky);
    await take(name, 1);
    await lost.refresh();
    isAway = true;
    let finish = () => {};
    const late = lost.within(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    own.advance(WATCH_TIMES.restLeaseMs + 1);
    await assert.rejects(phaseOf(lost, name), { code: 'unavailable' });

    assert.equal(await take(name, 2), true, 'it had obeyed that far');
    await passing(others, untilObeyed(toolsOf(others), await state(name)));
    assert.equal(await take(name, 3), true, 'it is taken for dead');
    isAway = false;
    await lost.refresh();
    assert.equal(await phaseOf(lost, name), 3, 'it begins again with what holds now');
    finish();
    await assert.rejects(late, { code: 'unavailable' });
    await lost.stop();
  });

  test('one that renews its lease is waited for, however long it does not obey', async () => {
    const name = `migration-${used++}`;
    const clock = new TestClock();
    const slow = await join(name, clock);
    let finish = () => {};
    const work = slow.within(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await take(name, 1);
    let isObeyed = false;
    const obeyed = untilObeyed(toolsOf(clock), await state(name)).then(() => {
      isObeyed = true;
    });
    for (let turn = 0; turn < A_WHILE; turn++) {
      clock.advance(WATCH_TIMES.busyLeaseMs);
      await slow.refresh();
      await relational.query(allProcesses);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(isObeyed, false);
    finish();
    await work;
    await passing(clock, obeyed);
    await slow.stop();
  });

  test('one whose program does not know the migration is named, not waited for', async () => {
    const name = `migration-${used++}`;
    const clock = new TestClock();
    const older = await join(name, clock, relational, ['something-else']);
    const obeyed = untilObeyed(toolsOf(clock), await state(name));
    await assert.rejects(passing(clock, obeyed), { code: 'conflict', description: /does not know migration-/ });
    await older.stop();
  });
});
