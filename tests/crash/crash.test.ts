import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import sharp from 'sharp';
import { FAULT_POINTS, type FaultPoint } from '#platform/faults/points.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { ApiClient } from '#tests/constellation/api-client.ts';
import { ALL_SCOPES, TEST_PASSWORD, TRANSPORTS } from '#tests/constellation/constellation.ts';
import { pick, seededNumbers, testSeed } from '#tests/seed.ts';
import { type Act, perform, Unanswered } from './acts.ts';
import { checkWorld } from './check.ts';
import { killEveryone, type MortalOptions, MortalPlaza } from './mortal-plaza.ts';

const PEOPLE = 6;
const CALLERS = 8;
const ACTS_PER_ROUND = 48;
/** Points that are reached once an act of their kind is rare come early in their counts. */
const LATEST_HIT: Partial<Record<FaultPoint, number>> = {
  'media.after-store': 2,
  'repost.after-row': 2,
  'schedule.before-publish': 2,
  'schedule.after-publish': 2,
  'feed.between-batches': 4,
};
const DEFAULT_LATEST_HIT = 12;
/** Beyond the shortest time ahead that a post can be scheduled for. */
const SCHEDULE_AHEAD_MS = 6 * 60_000;

const seed = testSeed();
const next = seededNumbers(seed);

it(`survives kill -9 at every fault point (SEED=${seed})`, { timeout: 20 * 60_000 }, async () => {
  console.log(`SEED=${seed}`);
  const folder = await mkdtemp(join(tmpdir(), 'plaza-crash-'));
  after(async () => {
    killEveryone();
    await rm(folder, { recursive: true, force: true });
  });
  const port = await freePort('127.0.0.1');
  const options: MortalOptions = { dataFolder: join(folder, 'data'), port };
  const picture = pictures();

  const first = await MortalPlaza.start(options);
  const apis = await signUpPeople(first.address);
  const follows = await makeGraph(apis);
  assert.ok(await first.drain());
  await first.stop();

  const acts: Act[] = [];
  const reached = new Set<FaultPoint>();
  let clockOffsetMs = 0;
  for (const point of FAULT_POINTS) {
    // Each fault point is reached with either kind of calls between services, at a random count each time.
    for (const calls of TRANSPORTS) {
      const nth = 1 + Math.floor(next() * (LATEST_HIT[point] ?? DEFAULT_LATEST_HIT));
      if (point.startsWith('schedule.')) {
        await scheduleSome(options, clockOffsetMs, apis, acts, picture);
        clockOffsetMs += SCHEDULE_AHEAD_MS + 60_000;
      }
      const plaza = await MortalPlaza.start({ ...options, calls, fault: `${point}:${nth}`, clockOffsetMs });
      const due = makeActs(acts, follows, `${point}:${calls}`);
      acts.push(...due);
      await performAll(plaza, due, apis, picture);
      if (!plaza.isGone) await plaza.drain();
      if (plaza.reached(point)) reached.add(point);
      await plaza.kill();

      const healed = await MortalPlaza.start({ ...options, calls, clockOffsetMs });
      assert.ok(!healed.isGone, healed.errors);
      await performAll(
        healed,
        acts.filter(({ id }) => id === undefined),
        apis,
        picture,
      );
      assert.deepEqual(
        acts.filter(({ id }) => id === undefined),
        [],
        'acts that a healthy server refused',
      );
      assert.ok(await healed.drain(), healed.errors);
      await checkWorld({ apis, follows, acts }, true);
      await healed.stop();
    }
  }
  assert.deepEqual(
    FAULT_POINTS.filter((point) => !reached.has(point)),
    [],
    'fault points that were not reached',
  );
});

async function signUpPeople(address: string): Promise<ApiClient[]> {
  const anonymous = new ApiClient(address);
  const app = await anonymous.post('/api/v1/apps', {
    client_name: 'Crash test',
    redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: ALL_SCOPES,
  });
  const { client_id, client_secret } = app.body;
  const granted = await anonymous.post('/oauth/token', {
    grant_type: 'client_credentials',
    client_id,
    client_secret,
    scope: ALL_SCOPES,
  });
  const byApp = anonymous.withToken(granted.body.access_token);
  const apis: ApiClient[] = [];
  for (let index = 0; index < PEOPLE; index++) {
    const made = await byApp.post('/api/v1/accounts', {
      username: `person${index}`,
      email: `person${index}@example.com`,
      password: TEST_PASSWORD,
      agreement: true,
      locale: 'en',
    });
    assert.equal(made.status, 200, made.text);
    apis.push(anonymous.withToken(made.body.access_token));
  }
  return apis;
}

/** Everyone follows half of the others, by chance, and reads home once so that posts are delivered there. */
async function makeGraph(apis: readonly ApiClient[]): Promise<number[][]> {
  const ids: string[] = [];
  for (const api of apis) ids.push((await api.get('/api/v1/accounts/verify_credentials')).body.id);
  const follows: number[][] = [];
  for (const [reader, api] of apis.entries()) {
    const followed = ids.map((_, index) => index).filter((index) => index !== reader && next() < 0.5);
    for (const index of followed) {
      assert.equal((await api.post(`/api/v1/accounts/${ids[index]}/follow`)).status, 200);
    }
    assert.equal((await api.get('/api/v1/timelines/home')).status, 200);
    follows.push(followed);
  }
  return follows;
}

function makeActs(known: readonly Act[], follows: readonly number[][], round: string): Act[] {
  const posts = known.filter(({ kind, id }) => (kind === 'post' || kind === 'picture') && id !== undefined);
  return Array.from({ length: ACTS_PER_ROUND }, (_, index): Act => {
    const actor = Math.floor(next() * follows.length);
    const key = `${round}:${index}`;
    const chance = next();
    if (posts.length === 0 || chance < 0.45) return { kind: 'post', actor, key };
    if (chance < 0.55) return { kind: 'picture', actor, key };
    if (chance < 0.7) {
      // To oneself, so that every follower of the actor gets it in home.
      const own = posts.filter((post) => post.actor === actor);
      return own.length === 0
        ? { kind: 'post', actor, key }
        : { kind: 'reply', actor, key, target: pick(own, next).id! };
    }
    return { kind: chance < 0.9 ? 'like' : 'repost', actor, key, target: pick(posts, next).id! };
  });
}

async function scheduleSome(
  options: MortalOptions,
  clockOffsetMs: number,
  apis: readonly ApiClient[],
  acts: Act[],
  picture: () => Promise<Blob>,
): Promise<void> {
  const plaza = await MortalPlaza.start({ ...options, clockOffsetMs });
  const dueMs = Date.now() + clockOffsetMs + SCHEDULE_AHEAD_MS;
  const scheduled = apis
    .slice(0, 3)
    .map((_, actor): Act => ({ kind: 'schedule', actor, key: `${dueMs}:${actor}`, dueMs }));
  acts.push(...scheduled);
  await performAll(plaza, scheduled, apis, picture);
  await plaza.stop();
}

/** Performs the acts, several at a time, until all are done or the server is gone. */
async function performAll(
  plaza: MortalPlaza,
  acts: readonly Act[],
  apis: readonly ApiClient[],
  picture: () => Promise<Blob>,
): Promise<void> {
  const waiting = [...acts];
  const caller = async () => {
    for (let act = waiting.shift(); act !== undefined; act = waiting.shift()) {
      try {
        await perform(act, apis[act.actor] as ApiClient, picture);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        act.failure = error.message;
        if (plaza.isGone || !(await isAlive(plaza))) return;
      }
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

async function isAlive(plaza: MortalPlaza): Promise<boolean> {
  return await new ApiClient(plaza.address).get('/api/v2/instance').then(
    () => true,
    () => false,
  );
}

function pictures(): () => Promise<Blob> {
  let made = 0;
  return async () => {
    const shade = (made++ * 37) % 256;
    const png = await sharp({ create: { width: 64, height: 48, channels: 3, background: { r: shade, g: 90, b: 160 } } })
      .png()
      .toBuffer();
    return new Blob([new Uint8Array(png)], { type: 'image/png' });
  };
}
