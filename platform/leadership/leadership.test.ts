import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { sqliteRelational } from '#ports/relational/sqlite/relational.ts';
import { openSqliteFile } from '#ports/sqlite/open.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { LEASE_MS, standForElection } from './leadership.ts';
import { resignation } from './script.ts';

test('one leads at a time; another does when it stops, and when it no longer renews', async (t) => {
  const folder = await temporaryFolder();
  const file = await openSqliteFile({ path: `${folder.path}/core.db`, synchronous: 'NORMAL' });
  t.after(async () => {
    await file.close();
    await folder.remove();
  });
  const relational = sqliteRelational(file);
  const [first, second, third] = [new TestClock(), new TestClock(), new TestClock()];
  let gained = 0;
  /** Waits, after each step of the clock, for what it set off: writes are taken in order. */
  const until = async (holds: () => boolean, clock: TestClock, stepMs: number) => {
    for (let tries = 0; tries < 2_000 && !holds(); tries++) {
      clock.advance(stepMs);
      await relational.batch([{ query: resignation('another', 'nobody') }]);
    }
    assert.ok(holds());
  };
  const stand = (clock: TestClock) =>
    standForElection({
      relational,
      clock,
      random: systemRandom,
      log: createLog('silent'),
      name: 'sample',
      gained: () => gained++,
    });

  const a = await stand(first);
  await until(() => a.leads(), first, 0);
  const b = await stand(second);
  second.advance(5_000);
  assert.equal(b.leads(), false);
  assert.equal(gained, 1);

  await a.stop();
  assert.equal(a.leads(), false);
  await until(() => b.leads(), second, 1_000);
  assert.equal(gained, 2);

  // `second` stands still: as if its machine slept. For it no time passes, so it is the row that says whose turn it is.
  third.advance(5_000 + 2 * LEASE_MS);
  const c = await stand(third);
  await until(() => c.leads(), third, 1_000);
  second.advance(LEASE_MS);
  assert.equal(b.leads(), false, 'its lease is over by its own clock too');
  await b.stop();
  await until(() => c.leads(), third, 0);
  await c.stop();
});
