import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { cassandraAddresses, cassandraEngine } from '#engines/cassandra/cassandra-engine.ts';
import { freeAddressPrefix } from '#engines/cassandra/free-addresses.ts';
import { signalNode, startNode, stopNode } from '#engines/node-process.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { openCql } from '#ports/wide-column/cql/wide-column.ts';
import { put, type WideColumn } from '#ports/wide-column/port.ts';
import { wideTable } from '#ports/wide-column/table.ts';
import { FakeUsers } from '#services/post/testing/fake-users.ts';
import { as, draft, openStage } from '#services/post/testing/stage.ts';

const PORT = 9_142;
const KEYSPACE = 'two_data_centers';
const DATA_CENTERS = ['east', 'west'] as const;
const BEFORE = 200;
const AFTER = 100;

const notes = wideTable({
  name: 'notes',
  tier: 'core',
  partition: { id: 'id' },
  clustering: {},
  columns: { body: 'text' },
});

const folder = mkdtempSync(join(tmpdir(), 'plaza-data-centers-'));
const stack = new AsyncDisposableStack();
let nodes: ReturnType<typeof cassandraEngine>['nodes'];
let open: (dataCenter: (typeof DATA_CENTERS)[number]) => Promise<WideColumn>;

before(async () => {
  const options = { folder, port: PORT, dataCenters: DATA_CENTERS, addressPrefix: await freeAddressPrefix(PORT) };
  const engine = cassandraEngine(options);
  nodes = engine.nodes;
  stack.defer(() => rmSync(folder, { recursive: true }));
  stack.defer(async () => void (await Promise.all(nodes.map(stopNode))));
  await Promise.all(nodes.map(startNode));
  await engine.join?.();
  const addresses = cassandraAddresses(options);
  open = async (dataCenter) => {
    const address = addresses[DATA_CENTERS.indexOf(dataCenter)];
    const url = `cql://${address}:${PORT}/${KEYSPACE}?datacenter=${dataCenter}&replication=east:1,west:1`;
    const log = createLog('silent');
    const wide = await openCql({ url, clock: systemClock, random: systemRandom, log, requestTimeoutMs: 15_000 });
    await wide.declare([notes]);
    return wide;
  };
});
after(() => stack.disposeAsync());

/** Looks until it is so; whoever waits in vain is ended by the time that a test has. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await pause(100);
}

const note = (id: number) => put(notes, { id: String(id), body: `note ${id}` }, 1);
const has = async (wide: WideColumn, id: number) => (await wide.get(notes, { id: String(id) }))?.body === `note ${id}`;

async function missing(wide: WideColumn, ids: readonly number[]): Promise<number[]> {
  const found = await Promise.all(ids.map((id) => has(wide, id)));
  return ids.filter((_, index) => !found[index]);
}

test('one data centre of two is lost: the other goes on, has what was replicated, and gives back what was written meanwhile', async (t) => {
  const [east, west] = [await open('east'), await open('west')];
  const users = new FakeUsers();
  const place = join(folder, 'relational');
  // The relational store of this test outlives the loss, as that of a platform does that was promoted or stands elsewhere.
  mkdirSync(place);
  const inEast = await openStage({ folder: place, users, wideColumn: () => east, onlyWriter: false });
  const ada = inEast.person('ada');
  const { head: first } = await inEast.post.create({ draft: draft('from the east'), idempotencyKey: 'first' }, as(ada));
  await inEast.drain();

  const ids = Array.from({ length: BEFORE }, (_, index) => index + 1);
  await Promise.all(ids.map((id) => east.write([note(id)])));
  // Acknowledged by the east alone; the west has them a moment later, and from then on they outlive the east.
  await eventually(async () => (await missing(west, ids)).length === 0);

  const acknowledged: number[] = [];
  let isLost = false;
  const writing = (async () => {
    for (let id = BEFORE + 1; !isLost; id++) {
      await east.write([note(id)]).then(
        () => acknowledged.push(id),
        () => {},
      );
    }
  })();
  await eventually(async () => acknowledged.length > AFTER);
  signalNode(nodes[0]!, 'SIGKILL');
  isLost = true;
  await writing;
  await inEast.close();

  assert.deepEqual(await missing(west, ids), [], 'what was replicated is there');
  const late = await missing(west, acknowledged);
  t.diagnostic(`${late.length} of ${acknowledged.length} writes of the last moment had not come to the west`);

  const inWest = await openStage({ folder: place, users, wideColumn: () => west, onlyWriter: false });
  const { bodies } = await inWest.post.getBodies({ ids: [first.id] }, as(ada));
  assert.equal(bodies[0]?.text, 'from the east');
  const again = await inWest.post.create({ draft: draft('from the east'), idempotencyKey: 'first' }, as(ada));
  assert.equal(again.head.id, first.id, 'a repeated request is known in the west too');
  const { head: second } = await inWest.post.create(
    { draft: draft('from the west'), idempotencyKey: 'second' },
    as(ada),
  );
  await inWest.post.like({ postId: first.id }, as(ada));
  await inWest.drain();
  const { counts } = await inWest.post.getCounts({ ids: [first.id] }, as(null));
  assert.equal(counts[0]?.likes, 1);
  const meanwhile = Array.from({ length: AFTER }, (_, index) => 1_000_000 + index);
  await Promise.all(meanwhile.map((id) => west.write([note(id)])));

  await startNode(nodes[0]!);
  const back = await open('east');
  assert.deepEqual(await missing(back, [...ids, ...acknowledged]), [], 'the east has everything that it acknowledged');
  await eventually(async () => (await missing(back, meanwhile)).length === 0);
  await inWest.close();
  const inEastAgain = await openStage({ folder: place, users, wideColumn: () => back, onlyWriter: false });
  await eventually(async () => {
    const { bodies } = await inEastAgain.post.getBodies({ ids: [first.id, second.id] }, as(ada));
    return bodies.length === 2;
  });
  await inEastAgain.close();
  await Promise.all([east, west, back].map((wide) => wide.close()));
});
