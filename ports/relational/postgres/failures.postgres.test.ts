import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { startNode } from '#engines/node-process.ts';
import { freezePostgres } from '#engines/postgres/processes.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { dependencyIsDown } from '#ports/event-bus/failure.ts';
import type { Relational } from '#ports/relational/port.ts';
import { db, increment, suiteMigrations, writeThenRead } from '../suite-scripts.ts';
import { lockHolder, onServer, openTestPostgres } from './testing.ts';
import { type Gate, openGate } from './testing-gate.ts';
import { eventually, killNode, type Servers, startServers } from './testing-servers.ts';

let servers: Servers;
let gate: Gate;
let relational: Relational;

before(async () => {
  servers = await startServers(1);
});
after(() => servers.stop());
beforeEach(async () => {
  gate = await openGate(servers.primary);
  relational = await openTestPostgres({ url: gate.url, times: { lookMs: 50, statementMs: 1_500 } });
  await relational.migrate('suite', suiteMigrations);
});
afterEach(async () => {
  await relational.close();
  await gate.close();
});

const insert = (id: string) => ({ query: db.insertInto('items').values({ id, body: 'x', rank: null }) });
const ids = async (prefix: string) => {
  const query = db.selectFrom('items').select('id').where('id', 'like', `${prefix}%`).orderBy('id');
  return (await relational.query(query)).map((row) => row.id);
};
const untilBack = () =>
  eventually(async () => {
    await relational.run(increment, { name: 'back' });
    return true;
  }, 'writes are taken again');

test('a primary that is killed under writes loses nothing that was acknowledged, and nothing is there that was refused', async () => {
  const fates = new Map<string, 'written' | 'refused' | 'unknown'>();
  let writing = true;
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let n = 0; writing; n++) {
      const id = `kill-${writer}-${n}`;
      try {
        if (n % 3 === 0) await relational.run(writeThenRead, { id });
        else await relational.batch(n % 3 === 1 ? [insert(id)] : [insert(id), insert(`${id}-too`)]);
        fates.set(id, 'written');
      } catch (error) {
        assert.ok(dependencyIsDown(error), String(error));
        fates.set(id, (error as PlazaError).code === 'unavailable' ? 'refused' : 'unknown');
        // What is refused at once would leave no turn to anybody else.
        await nextTurn();
      }
    }
  });
  const has = (fate: string) => [...fates.values()].filter((each) => each === fate).length;
  await eventually(() => has('written') > 100, 'much was written');
  await killNode(servers.nodes.primary);
  await eventually(() => has('refused') > 20, 'writes are refused');
  const written = has('written');
  await startNode(servers.nodes.primary);
  await eventually(() => has('written') > written + 100, 'writes go on without anybody doing anything');
  writing = false;
  await Promise.all(writers);
  const present = new Set(await ids('kill-'));
  for (const [id, fate] of fates) {
    if (fate === 'unknown') continue;
    assert.equal(present.has(id), fate === 'written', `${id} was ${fate}`);
    assert.ok(!present.has(`${id}-too`) || present.has(id), 'all or none');
  }
});

test('a primary that hangs is told of as away before a call has run out of time, at once from then on, and is used again', async () => {
  await relational.batch([insert('hang-before')]);
  freezePostgres(servers.nodes.primary, 'SIGSTOP');
  try {
    const calls = await Promise.allSettled([
      relational.query(db.selectFrom('items').selectAll()),
      relational.batch([insert('hang-batch')]),
      relational.run(increment, { name: 'hang' }),
    ]);
    for (const call of calls) assert.ok(call.status === 'rejected' && dependencyIsDown(call.reason));
    const refused = await Promise.allSettled(
      Array.from({ length: 1_000 }, (_, n) => relational.batch([insert(`h${n}`)])),
    );
    for (const call of refused) assert.ok(call.status === 'rejected' && call.reason.code === 'unavailable');
  } finally {
    freezePostgres(servers.nodes.primary, 'SIGCONT');
  }
  await untilBack();
  assert.deepEqual(await ids('hang-before'), ['hang-before']);
});

test('connections that the server ends are made anew', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => relational.batch([insert(`ended-${n}`)])));
  for (let round = 0; round < 3; round++) {
    await onServer(
      servers.primary,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plaza' AND pid <> pg_backend_pid()",
    );
    await untilBack();
    assert.equal((await ids('ended-')).length, 20);
  }
});

test('a commit whose answer is lost is told of as neither done nor undone', async () => {
  for (const [id, arrives] of [
    ['lost-answer', true],
    ['lost-question', false],
  ] as const) {
    for (const steps of [[insert(`${id}-1`)], [insert(`${id}-2`), insert(`${id}-3`)]]) {
      gate.cutAt('COMMIT', arrives);
      await assert.rejects(relational.batch(steps), (error) => {
        assert.ok(error instanceof PlazaError);
        assert.deepEqual(
          [error.code, error.message],
          ['timeout', 'The database did not confirm the change; it may have been made'],
        );
        return true;
      });
      gate.mend();
      await untilBack();
    }
    await eventually(async () => (await ids(id)).length === (arrives ? 3 : 0), 'it is there if it arrived');
  }
});

test('a lock that is held for too long is told of as busy, and what waited for it is undone', async () => {
  await relational.batch([{ query: db.insertInto('counters').values({ name: 'locked', value: 1 }) }]);
  await using holder = await lockHolder(servers.primary);
  await holder.query("BEGIN; UPDATE counters SET value = 2 WHERE name = 'locked'");
  await assert.rejects(relational.run(increment, { name: 'locked' }), { code: 'unavailable' });
  await holder.query('COMMIT');
  assert.equal(await relational.run(increment, { name: 'locked' }), 3);
});

test('when a replica takes the place of the primary, the pool goes over to it by itself', async () => {
  await relational.batch([insert('failover')]);
  const [standby] = servers.replicas as [string];
  await eventually(
    async () => (await onServer(standby, "SELECT 1 FROM items WHERE id = 'failover'")).length === 1,
    'the replica has it',
  );
  // The address leads to the replica before it has been promoted: it reads, but refuses to write.
  gate.leadTo(standby);
  await assert.rejects(relational.batch([insert('too-early')]), (error) => dependencyIsDown(error));
  await killNode(servers.nodes.primary);
  await onServer(standby, 'SELECT pg_promote()');
  await untilBack();
  assert.deepEqual(await ids('failover'), ['failover']);
  assert.deepEqual(await ids('too-early'), []);
});
