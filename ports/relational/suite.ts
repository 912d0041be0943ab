import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Compilable } from 'kysely';
import { PlazaError } from '#platform/errors/errors.ts';
import { GuardFailed, type Query, type Relational, type Step } from './port.ts';
import {
  block,
  db,
  follow,
  goHome,
  increment,
  suiteMigrations,
  swallow,
  writeThenRead,
  writeThenThrow,
} from './suite-scripts.ts';

export interface RelationalUnderTest {
  readonly relational: Relational;
  /** Ends the twin and forgets its data. */
  close(): Promise<void>;
}

const item = (id: string, rank: number | null = null, body = 'body') =>
  db.insertInto('items').values({ id, body, rank });
const itemIds = (...ids: string[]) => db.selectFrom('items').select('id').where('id', 'in', ids).orderBy('id');

/** The one suite that every relational twin passes. `open` gives a twin without data. */
export function relationalSuite(name: string, open: () => Promise<RelationalUnderTest>): void {
  describe(`relational: ${name}`, () => {
    let twin: RelationalUnderTest;
    let relational: Relational;
    before(async () => {
      twin = await open();
      relational = twin.relational;
      await relational.migrate('suite', suiteMigrations);
    });
    after(() => twin.close());

    const run = (steps: readonly (Step | Compilable)[]) =>
      relational.batch(steps.map((step) => ('query' in step ? step : { query: step })));
    const present = async (...ids: string[]) => (await relational.query(itemIds(...ids))).map((row) => row.id);

    describe('migrations', () => {
      test('run again, they change nothing', async () => {
        await run([item('kept-by-migration')]);
        await relational.migrate('suite', suiteMigrations);
        assert.deepEqual(await present('kept-by-migration'), ['kept-by-migration']);
      });

      test('a later one is applied alone, and each service has its own names', async () => {
        const first = { '001-a': ['CREATE TABLE steps (n BIGINT NOT NULL)', 'INSERT INTO steps VALUES (1)'] };
        await relational.migrate('steps', first);
        await relational.migrate('steps', { ...first, '002-b': ['INSERT INTO steps VALUES (2)'] });
        await relational.migrate('other', { '001-a': ['INSERT INTO steps VALUES (3)'] });
        const steps = db.withTables<{ steps: { n: number } }>();
        assert.deepEqual(await relational.query(steps.selectFrom('steps').select('n').orderBy('n')), [
          { n: 1 },
          { n: 2 },
          { n: 3 },
        ]);
      });

      test('one that fails leaves nothing and can be mended', async () => {
        const good = 'CREATE TABLE half (n BIGINT NOT NULL)';
        await assert.rejects(
          relational.migrate('half', { '001-half': [good, 'INSERT INTO no_such_table VALUES (1)'] }),
        );
        await relational.migrate('half', { '001-half': [good] });
      });

      test('data of a newer program is refused', async () => {
        await relational.migrate('newer', { '001-x': [], '002-from-the-future': [] });
        await assert.rejects(relational.migrate('newer', { '001-x': [] }), /newer Plaza.*002-from-the-future/);
      });

      test('an older program goes on with what was expanded and filled, and is refused once something was taken away', async () => {
        const old = { '001-people': ['CREATE TABLE people (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL)'] };
        const expanded = {
          ...old,
          '002-first-names-expand': [
            'ALTER TABLE people ADD COLUMN first_name TEXT',
            'CREATE INDEX people_by_first_name ON people (first_name)',
          ],
          '003-first-names-migrate': ['UPDATE people SET first_name = name WHERE first_name IS NULL'],
        };
        const contracted = { ...expanded, '004-first-names-contract': ['ALTER TABLE people DROP COLUMN name'] };
        const people = db.withTables<{ people: { id: string; name?: string; first_name?: string | null } }>();
        const all = () => relational.query(people.selectFrom('people').selectAll().orderBy('id'));

        await relational.migrate('people', old);
        await run([people.insertInto('people').values({ id: '1', name: 'ada' })]);
        await relational.migrate('people', expanded);
        await relational.migrate('people', old);
        await run([people.insertInto('people').values({ id: '2', name: 'bob' })]);
        assert.deepEqual(await all(), [
          { id: '1', name: 'ada', first_name: 'ada' },
          { id: '2', name: 'bob', first_name: null },
        ]);
        await relational.migrate('people', contracted);
        assert.deepEqual((await all())[0], { id: '1', first_name: 'ada' });
        await assert.rejects(relational.migrate('people', expanded), /newer Plaza.*004-first-names-contract/);
      });

      test('of several programs that start at once one applies each step', async () => {
        const steps = {
          '001-a': ['CREATE TABLE started (n BIGINT NOT NULL)'],
          '002-b': ['INSERT INTO started VALUES (1)'],
        };
        await Promise.all(Array.from({ length: 5 }, () => relational.migrate('started', steps)));
        const started = db.withTables<{ started: { n: number } }>();
        assert.deepEqual(await relational.query(started.selectFrom('started').selectAll()), [{ n: 1 }]);
      });

      test('one that sorts before an applied one is refused', async () => {
        await relational.migrate('gap', { '002-x': [] });
        await assert.rejects(relational.migrate('gap', { '001-late': [], '002-x': [] }), /later name/);
      });
    });

    describe('queries', () => {
      test('give back what was written', async () => {
        const rows = [
          { id: 'value-1', body: '', rank: null },
          { id: 'value-2', body: 'ünïcode 🎉 \n "quoted"', rank: Number.MAX_SAFE_INTEGER },
          { id: 'value-3', body: "'; DROP TABLE items; --", rank: -5 },
        ];
        await run([db.insertInto('items').values(rows)]);
        const query = db.selectFrom('items').selectAll().where('id', 'like', 'value-%').orderBy('id');
        assert.deepEqual(await relational.query(query), rows);
        assert.deepEqual(await relational.query(query.compile()), rows);
        assert.deepEqual(await relational.query(query, { freshness: 'primary' }), rows);
      });

      test('order NULLs as they say', async () => {
        await run([item('null-a', 1), item('null-b', null), item('null-c', 2)]);
        const base = db.selectFrom('items').select('id').where('id', 'like', 'null-%');
        const ids = async (query: Query<{ id: string }>) => (await relational.query(query)).map((row) => row.id);
        assert.deepEqual(await ids(base.orderBy('rank', (o) => o.asc().nullsLast())), ['null-a', 'null-c', 'null-b']);
        assert.deepEqual(await ids(base.orderBy('rank', (o) => o.asc().nullsFirst())), ['null-b', 'null-a', 'null-c']);
        assert.deepEqual(await ids(base.orderBy('rank', (o) => o.desc().nullsLast())), ['null-c', 'null-a', 'null-b']);
      });

      test('order and compare text by its bytes', async () => {
        const bodies = ['a', 'B', '_', '~', '10', '9', 'é', 'Z', 'ab', ''];
        await run([db.insertInto('items').values(bodies.map((body, n) => ({ id: `text-${n}`, body, rank: null })))]);
        const texts = db.selectFrom('items').select('body').where('id', 'like', 'text-%');
        const sorted = bodies.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        const read = async (query: Query<{ body: string }>) => (await relational.query(query)).map((row) => row.body);
        assert.deepEqual(await read(texts.orderBy('body')), sorted);
        assert.deepEqual(
          await read(texts.where('body', '>', '_').where('body', '<', '~').orderBy('body', 'desc')),
          sorted.filter((body) => body > '_' && body < '~').toReversed(),
        );
      });

      test('count, add and compare in numbers', async () => {
        await run([item('sum-1', 2 ** 40), item('sum-2', 3), item('sum-3', null)]);
        const [row] = await relational.query(
          db
            .selectFrom('items')
            .select((of) => [
              of.fn.countAll<number>().as('all'),
              of.fn.sum<number>('rank').as('sum'),
              of.fn.min<number>('rank').as('least'),
              of('rank', '=', 3).as('same'),
            ])
            .where('id', 'like', 'sum-%')
            .groupBy('rank')
            .orderBy('rank', (o) => o.asc().nullsLast()),
        );
        assert.deepEqual(row, { all: 1, sum: 3, least: 3, same: 1 });
        const total = db.selectFrom('items').select((of) => of.fn.sum<number>('rank').as('total'));
        assert.deepEqual(await relational.query(total.where('id', 'like', 'sum-%')), [{ total: 2 ** 40 + 3 }]);
      });

      test('take what an engine takes, and refuse what drivers would turn into something else', async () => {
        await run([item('bigint-1', (2n ** 52n) as unknown as number)]);
        const rank = db.selectFrom('items').select('rank').where('id', '=', 'bigint-1');
        assert.deepEqual(await relational.query(rank), [{ rank: 2 ** 52 }]);
        for (const wrong of [true, Number.NaN, {}, [], undefined, new Date(0)]) {
          // What is undefined is no value: the column keeps its default.
          if (wrong !== undefined) await assert.rejects(run([item('wrong', wrong as never)]), String(wrong));
          await assert.rejects(relational.query(rank.where('rank', '=', wrong as never)), String(wrong));
        }
        assert.deepEqual(await present('wrong'), []);
      });

      test('see every write that was acknowledged', async () => {
        for (let i = 0; i < 50; i++) {
          await run([item(`own-${i}`)]);
          assert.deepEqual(await present(`own-${i}`), [`own-${i}`]);
        }
      });

      test('reject when they are wrong', async () => {
        const wrong = db.withTables<{ nowhere: { x: string } }>().selectFrom('nowhere').selectAll();
        await assert.rejects(relational.query(wrong));
      });
    });

    describe('batches', () => {
      test('tell what changed and what was returned', async () => {
        const outcomes = await run([
          item('out-1', 1),
          db.updateTable('items').set({ rank: 7 }).where('id', 'in', ['out-1', 'out-none']).returning(['id', 'rank']),
          db.updateTable('items').set({ rank: 8 }).where('id', '=', 'out-none'),
          db.deleteFrom('items').where('id', '=', 'out-1'),
        ]);
        assert.deepEqual(
          outcomes.map(({ changed }) => changed),
          [1, 1, 0, 1],
        );
        assert.deepEqual(outcomes[1]!.rows, [{ id: 'out-1', rank: 7 }]);
      });

      test('without steps do nothing', async () => {
        assert.deepEqual(await relational.batch([]), []);
      });

      test('are undone when a guard fails', async () => {
        const failed = run([
          item('guard-1'),
          { query: db.updateTable('items').set({ rank: 1 }).where('id', '=', 'guard-none'), expect: 1 },
          item('guard-2'),
        ]);
        await assert.rejects(failed, (error) => error instanceof GuardFailed && error.step === 1);
        assert.deepEqual(await present('guard-1', 'guard-2'), []);
      });

      test('of one step are undone when its guard fails', async () => {
        await run([item('single-1', 1), item('single-2', 1)]);
        const query = db.updateTable('items').set({ rank: 99 }).where('id', 'like', 'single-%');
        await assert.rejects(run([{ query, expect: 1 }]), GuardFailed);
        const changed = db.selectFrom('items').select('id').where('rank', '=', 99);
        assert.deepEqual(await relational.query(changed), []);
        await run([{ query, expect: 2 }]);
        assert.equal((await relational.query(changed)).length, 2);
      });

      test('are undone when a constraint is violated', async () => {
        await run([item('twice')]);
        await assert.rejects(run([item('before-twice'), item('twice')]));
        assert.deepEqual(await present('before-twice', 'twice'), ['twice']);
      });

      test('use ON CONFLICT', async () => {
        const [first] = await run([item('conflict', 1).onConflict((c) => c.column('id').doNothing())]);
        const [again] = await run([item('conflict', 2).onConflict((c) => c.column('id').doNothing())]);
        const [updated] = await run([
          item('conflict', 3)
            .onConflict((c) => c.column('id').doUpdateSet((e) => ({ rank: e.ref('excluded.rank') })))
            .returning('rank'),
        ]);
        assert.deepEqual([first!.changed, again!.changed, updated!.changed], [1, 0, 1]);
        assert.deepEqual(updated!.rows, [{ rank: 3 }]);
      });

      test('that fail do not touch their neighbours in flight', async () => {
        await run([item('rock')]);
        const results = await Promise.allSettled(
          Array.from({ length: 300 }, (_, i) =>
            run(i % 3 === 0 ? [item(`flight-${i}`), item('rock')] : [item(`flight-${i}`)]),
          ),
        );
        const kept = db.selectFrom('items').select('id').where('id', 'like', 'flight-%');
        const ids = new Set((await relational.query(kept)).map((row) => row.id));
        results.forEach((result, i) => {
          assert.equal(result.status, i % 3 === 0 ? 'rejected' : 'fulfilled');
          assert.equal(ids.has(`flight-${i}`), i % 3 !== 0);
        });
      });
    });

    describe('scripts', () => {
      test('read what they wrote and give back a result', async () => {
        assert.deepEqual(await relational.run(writeThenRead, { id: 'script-1' }), {
          changed: 1,
          rows: [{ id: 'script-1', body: 'fresh', rank: null }],
          none: null,
          returned: [{ id: 'script-1', body: 'later' }],
          returnedChanged: 1,
        });
      });

      test('are undone when they throw, and the error arrives as what it is', async () => {
        await assert.rejects(relational.run(writeThenThrow, { id: 'throw-1', how: 'plaza' }), (error) => {
          assert.ok(error instanceof PlazaError);
          assert.equal(error.code, 'validation_failed');
          assert.equal(error.status, 422);
          assert.equal(error.description, 'The handle is taken.');
          assert.deepEqual(error.details, { handle: [{ error: 'ERR_TAKEN', description: 'The handle is taken.' }] });
          return true;
        });
        await assert.rejects(
          relational.run(writeThenThrow, { id: 'throw-2', how: 'guard' }),
          (error) => error instanceof GuardFailed && error.step === 3,
        );
        await assert.rejects(relational.run(writeThenThrow, { id: 'throw-3', how: 'error' }), /the script gave up/);
        await assert.rejects(relational.run(writeThenThrow, { id: 'throw-4', how: 'constraint' }));
        assert.deepEqual(await present('throw-1', 'throw-2', 'throw-3', 'throw-4'), []);
      });

      test('cannot swallow a failed statement', async () => {
        await assert.rejects(relational.run(swallow, { id: 'swallow-1' }));
        assert.deepEqual(await present('swallow-1'), []);
      });

      test('lose no update', async () => {
        const values = await Promise.all(Array.from({ length: 200 }, () => relational.run(increment, { name: 'n' })));
        assert.deepEqual(
          values.sort((a, b) => a - b),
          Array.from({ length: 200 }, (_, i) => i + 1),
        );
      });

      test('never leave a follow beside a block', async () => {
        const work: Promise<unknown>[] = [];
        for (let pair = 0; pair < 150; pair++) {
          const from = `a${pair}`;
          const to = `b${pair}`;
          const jobs = [
            () => relational.run(follow, { from, to }),
            () => relational.run(block, { from: to, to: from }),
            () => relational.run(follow, { from, to }),
          ];
          // Every order of arrival comes up.
          for (let i = 0; i < jobs.length; i++) work.push(jobs[(i + pair) % jobs.length]!());
        }
        await Promise.all(work);
        const edges = await relational.query(db.selectFrom('edges').selectAll());
        const blocks = edges.filter(({ kind }) => kind === 'block');
        const follows = edges.filter(({ kind }) => kind === 'follow');
        assert.equal(blocks.length, 150);
        assert.deepEqual(follows, []);
      });

      test('leave one doctor on call', async () => {
        for (let round = 0; round < 20; round++) {
          const doctors = ['anna', 'bela', 'cora'].map((doctor) => `${doctor}-${round}`);
          await run([
            db.deleteFrom('shifts'),
            db.insertInto('shifts').values(doctors.map((doctor) => ({ doctor, on_call: 1 }))),
          ]);
          await Promise.all(doctors.map((doctor) => relational.run(goHome, { doctor })));
          const stayed = db.selectFrom('shifts').select('doctor').where('on_call', '=', 1);
          assert.equal((await relational.query(stayed)).length, 1);
        }
      });
    });

    test('many callers at once all get their own answer', async () => {
      const answers = await Promise.all(
        Array.from({ length: 2_000 }, async (_, i) => {
          const id = `crowd-${i}`;
          if (i % 5 === 0) return (await relational.run(writeThenRead, { id })).rows[0]!.id;
          const [outcome] = await run([item(id).returning('id')]);
          return outcome!.rows[0]!.id;
        }),
      );
      answers.forEach((id, i) => {
        assert.equal(id, `crowd-${i}`);
      });
    });
  });
}
