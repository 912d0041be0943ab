// The whole of a Plaza on servers is copied while people go on, and brought back into empty ones.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { loadConfig } from '#platform/config/config.ts';
import { Constellation, type Person } from '#tests/constellation/constellation.ts';
import { TEST_OPERATOR_KEY } from '#tests/constellation/split-plaza.ts';
import { testSeed } from '../seed.ts';
import { ActiveClient, insist } from './cluster-acts.ts';
import { checkRestored } from './cluster-oracle.ts';
import { emptyPlaces, type Places } from './cluster-places.ts';
import { endOf } from './program.ts';

const OPERATOR = 'plaza/operator/main.ts';
const ACTS_BEFORE = 12;
const seed = testSeed();

it(`a backup of servers brings back what was acknowledged before it, once, and goes on (SEED=${seed})`, async (t) => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'plaza-cluster-backup-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const backup = join(folder, 'backup');
  const from = await emptyPlaces();
  stack.defer(() => from.remove());
  const plaza = await start(from, folder);
  const stopped = stack.adopt(plaza, (it) => it.stop());
  const people = await plaza.people('ada', 'bob', 'cleo', 'reader');
  const reader = people.at(-1)!;
  const clients = people.slice(0, 3).map((person, index) => new ActiveClient(person, seed + index));
  for (const { person } of clients) await insist(() => reader.api.post(`/api/v1/accounts/${person.id}/follow`));
  await insist(() => reader.api.get('/api/v1/timelines/home'));
  const pictured = await clients[0]!.post(undefined, true);
  const everyPost = () => clients.flatMap(({ known }) => [...known.posts.keys()]);
  await Promise.all(
    clients.map(async (client) => {
      for (let act = 0; act < ACTS_BEFORE; act++) await client.act(everyPost(), undefined);
    }),
  );
  const settled = clients.map((client) => client.settle());

  await t.test('it is made while people go on', async () => {
    const actsBefore = clients.reduce((sum, { acts }) => sum + acts, 0);
    let pouring = true;
    const pour = clients.map(async (client, index) => {
      while (pouring) await client.act(everyPost(), settled[index]);
    });
    const made = await operate(from, 'backup', backup);
    pouring = false;
    await Promise.all(pour);
    assert.equal(made.code, 0, made.errors);
    assert.match(made.output, /^Backed up [0-9]+ files, /);
    const during = clients.reduce((sum, { acts }) => sum + acts, 0) - actsBefore;
    t.diagnostic(`${during} acts while it was made`);
    assert.ok(during > 0);
  });

  await t.test('it is refused where it does not fit, and nothing is changed', async () => {
    const full = await operate(from, 'restore', backup);
    assert.equal(full.code, 1);
    assert.match(full.errors, /^(?:Checking\n)?PLAZA_RELATIONAL_URL names a place that is not empty/m);
    const otherKey = await operate(from, 'restore', backup, { PLAZA_OPERATOR_KEY: 'cd'.repeat(32) });
    assert.deepEqual(
      [otherKey.code, /PLAZA_OPERATOR_KEY is not the key of this backup/.test(otherKey.errors)],
      [1, true],
    );
    const file = join(backup, 'wide-column/post_body.jsonl');
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, -2));
    const damaged = await operate(from, 'restore', backup);
    assert.deepEqual([damaged.code, /post_body\.jsonl is damaged/.test(damaged.errors)], [1, true], damaged.errors);
    await writeFile(file, whole);
  });

  await stopped.stop();
  const to = await emptyPlaces();
  stack.defer(() => to.remove());
  const restored = await operate(to, 'restore', backup);
  assert.equal(restored.code, 0, restored.errors);
  const again = await start(to, folder);
  stack.adopt(again, (it) => it.stop());
  await again.plaza.drain();
  const reborn = (person: Person) => again.api.withToken(person.api.token!);

  await t.test('everything from before is there, and what came meanwhile is whole or not there', async () => {
    await checkRestored(
      clients.map(({ person, known }, index) => ({
        api: reborn(person),
        id: person.id,
        settled: settled[index]!,
        known,
      })),
      reborn(reader),
    );
    const { body } = await insist(() => reborn(reader).get(`/api/v1/statuses/${pictured}`));
    const media = new URL(body.media_attachments[0].url).pathname;
    assert.equal((await insist(() => again.api.get(media))).status, 200, media);
  });

  await t.test('it goes on: new posts reach homes, and new likes count on old posts', async () => {
    const [author, viewer] = [reborn(people[1]!), reborn(reader)];
    const likes = async () => (await insist(() => author.get(`/api/v1/statuses/${pictured}`))).body.favourites_count;
    const before = await likes();
    const key = { 'idempotency-key': 'after' };
    const { id } = (await insist(() => author.post('/api/v1/statuses', { status: 'After' }, key))).body;
    assert.equal((await insist(() => viewer.post(`/api/v1/statuses/${pictured}/favourite`))).status, 200);
    await again.plaza.drain();
    assert.equal(await likes(), before + 1);
    assert.equal((await insist(() => viewer.get('/api/v1/timelines/home?limit=5'))).body[0].id, id);
  });
});

function start({ settings }: Places, folder: string): Promise<Constellation> {
  const { given, ...all } = loadConfig({ env: settings });
  const named = Object.fromEntries(Object.entries(all).filter(([name]) => (given as ReadonlySet<string>).has(name)));
  return Constellation.start({ split: true, folder, settings: { ...named, relationalPoolSize: 4 } });
}

function operate({ settings }: Places, command: string, backup: string, more: Record<string, string> = {}) {
  return endOf(OPERATOR, [command, backup], { ...settings, PLAZA_OPERATOR_KEY: TEST_OPERATOR_KEY, ...more });
}
