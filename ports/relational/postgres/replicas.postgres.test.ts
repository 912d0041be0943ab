import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startNode } from '#engines/node-process.ts';
import { freezePostgres } from '#engines/postgres/processes.ts';
import type { Relational } from '#ports/relational/port.ts';
import { db, increment, suiteMigrations } from '../suite-scripts.ts';
import { onServer, openTestPostgres } from './testing.ts';
import { eventually, killNode, type Servers, startServers, whoAnswers } from './testing-servers.ts';

let servers: Servers;
/** Two processes. */
let writer: Relational;
let reader: Relational;

before(async () => {
  servers = await startServers(2);
});
after(() => servers.stop());
beforeEach(async () => {
  const open = (replicaUrls: readonly string[]) =>
    openTestPostgres({ url: servers.primary, replicaUrls, times: { lookMs: 50, maxLagMs: 1_000 } });
  writer = await open(servers.replicas);
  reader = await open(servers.replicas);
  await writer.migrate('suite', suiteMigrations);
});
afterEach(async () => {
  await writer.close();
  await reader.close();
});

const untilReplicaAnswers = (relational: Relational) =>
  eventually(async () => (await whoAnswers(relational, 'replica')) === 'replica', 'a replica answers');
const untilPrimaryAnswers = (relational: Relational) =>
  eventually(async () => (await whoAnswers(relational, 'replica')) === 'primary', 'the primary answers alone');
const onReplicas = (sql: string) => Promise.all(servers.replicas.map((url) => onServer(url, sql)));
const counter = (name: string) => db.selectFrom('counters').select('value').where('name', '=', name);
const read = async (relational: Relational, name: string) =>
  (await relational.query(counter(name), { freshness: 'replica' }))[0]?.value;

test('reads that may be slightly old go to the replicas, strong ones to the primary', async () => {
  await untilReplicaAnswers(reader);
  assert.equal(await whoAnswers(reader, 'primary'), 'primary');
  const [row] = await onServer<{ n: number }>(
    servers.primary,
    "SELECT count(*)::int AS n FROM pg_stat_replication WHERE state = 'streaming'",
  );
  assert.equal(row!.n, 2);
});

test('a writer reads what it wrote, however far replicas are behind, and others read what was', async () => {
  assert.equal(await writer.run(increment, { name: 'own' }), 1);
  await untilReplicaAnswers(writer);
  await eventually(async () => (await read(reader, 'own')) === 1, 'the reader sees the first write');
  await onReplicas('SELECT pg_wal_replay_pause()');
  try {
    await eventually(async () => {
      const rows = await Promise.all(
        servers.replicas.map((url) => onServer<{ s: string }>(url, 'SELECT pg_get_wal_replay_pause_state() AS s')),
      );
      return rows.every(([row]) => row!.s === 'paused');
    }, 'the replicas stand still');
    assert.equal(await writer.run(increment, { name: 'own' }), 2);
    assert.equal(await read(writer, 'own'), 2);
    const [item] = await writer.batch([
      { query: db.updateTable('counters').set({ value: 3 }).where('name', '=', 'own').returning('value') },
    ]);
    assert.equal(item!.rows[0]!.value, 3);
    assert.equal(await read(writer, 'own'), 3);
    // Those that stand still have lost their place by and by, because the primary goes on.
    await untilPrimaryAnswers(reader);
    assert.equal(await read(reader, 'own'), 3);
  } finally {
    await onReplicas('SELECT pg_wal_replay_resume()');
  }
  await untilReplicaAnswers(reader);
  await untilReplicaAnswers(writer);
  assert.equal(await read(writer, 'own'), 3);
});

test('a hundred writes in a row are each seen at once by who wrote them', async () => {
  await untilReplicaAnswers(writer);
  for (let value = 1; value <= 100; value++) {
    await writer.run(increment, { name: 'row' });
    assert.equal(await read(writer, 'row'), value);
  }
});

test('replicas that die or hang fail no read, are left out, and are taken back', async () => {
  await writer.run(increment, { name: 'lasting' });
  await untilReplicaAnswers(reader);
  let reading = true;
  let reads = 0;
  const readers = Array.from({ length: 8 }, async () => {
    while (reading) {
      await reader.query(counter('lasting'), { freshness: 'replica' });
      reads++;
    }
  });
  const [first, second] = servers.nodes.replicas;
  try {
    await killNode(first!);
    freezePostgres(second!, 'SIGSTOP');
    await untilPrimaryAnswers(reader);
    const before = reads;
    await eventually(() => reads > before + 100, 'reads go on');
    freezePostgres(second!, 'SIGCONT');
    await untilReplicaAnswers(reader);
    await startNode(first!);
  } finally {
    reading = false;
    await Promise.all(readers);
  }
  await killNode(second!);
  await untilReplicaAnswers(reader);
  await startNode(second!);
});
