import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import sharp from 'sharp';
import { FAULT_POINTS, type FaultPoint } from '#platform/faults/points.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { ApiClient } from '#tests/constellation/api-client.ts';
import { TRANSPORTS } from '#tests/constellation/constellation.ts';
import { seededNumbers, testSeed } from '#tests/seed.ts';
import { type Act, type Picture, perform, Unanswered } from './acts.ts';
import { checkAfter, checkWorld } from './check.ts';
import { Model } from './model.ts';
import { killEveryone, type MortalOptions, MortalPlaza } from './mortal-plaza.ts';
import { type Person, SignUp } from './people.ts';
import { planBeforeLeaving, planRound } from './plan.ts';

const PEOPLE = 6;
const CALLERS = 8;
/** Points that are reached once an act of their kind is rare come early in their counts. */
const LATEST_HIT: Partial<Record<FaultPoint, number>> = {
  'media.after-store': 2,
  'repost.after-row': 4,
  'repost.before-end': 1,
  'post.after-erase': 3,
  'post.before-poll': 2,
  'erasure.between-posts': 4,
  'erasure.before-finish': 1,
  'account.before-sign-out': 1,
  'account.after-erase': 1,
  'schedule.before-publish': 2,
  'schedule.after-publish': 2,
  'feed.between-batches': 4,
};
const DEFAULT_LATEST_HIT = 12;
/** How often a healthy server is asked for what it put off. */
const MOST_PASSES = 10;
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
  const crashing = await Crashing.start({ dataFolder: join(folder, 'data'), port: await freePort('127.0.0.1') });
  const reached = new Set<FaultPoint>();
  for (const point of FAULT_POINTS) {
    // Each fault point is reached with either kind of calls between services, at a random count each time.
    for (const calls of TRANSPORTS) {
      const nth = 1 + Math.floor(next() * (LATEST_HIT[point] ?? DEFAULT_LATEST_HIT));
      const round = `${point}:${nth} by ${calls}`;
      try {
        if (await crashing.round(point, nth, calls)) reached.add(point);
      } catch (error) {
        throw new Error(`SEED=${seed}: after a death at ${round}`, { cause: error });
      }
    }
  }
  await crashing.checkEverything();
  assert.deepEqual(
    FAULT_POINTS.filter((point) => !reached.has(point)),
    [],
    'fault points that were not reached',
  );
});

/** A community whose server dies again and again. */
class Crashing {
  readonly #server: MortalOptions;
  readonly #signUp: SignUp;
  readonly #people: Person[] = [];
  readonly #model = new Model();
  readonly #settled: Act[] = [];
  readonly #picture = pictures();
  #clockOffsetMs = 0;

  private constructor(server: MortalOptions, signUp: SignUp) {
    this.#server = server;
    this.#signUp = signUp;
  }

  /** Everyone follows half of the others, by chance, and a first round of acts goes well. */
  static async start(server: MortalOptions): Promise<Crashing> {
    const plaza = await MortalPlaza.start(server);
    const crashing = new Crashing(server, await SignUp.at(plaza.address));
    while (crashing.#people.length < PEOPLE) await crashing.#join();
    const present = crashing.#present();
    const follows = present.flatMap((actor) =>
      present
        .filter((whom) => whom !== actor && next() < 0.5)
        .map((whom): Act => ({ kind: 'follow', actor, whom, key: `first ${actor} ${whom}` })),
    );
    await crashing.#settle(plaza, follows);
    for (const name of ['first', 'second']) {
      await crashing.#settle(plaza, planRound(crashing.#model, present, name, next));
    }
    assert.ok(await plaza.drain(), plaza.errors);
    await checkWorld(crashing.#world());
    await plaza.stop();
    return crashing;
  }

  /** Dies at the point while acts go on, comes back, and loses nothing. Answers whether the point was reached. */
  async round(point: FaultPoint, nth: number, calls: (typeof TRANSPORTS)[number]): Promise<boolean> {
    const round = `${point}:${calls}`;
    const leaving = await this.#prepare(point, round);
    const options = { ...this.#server, calls, clockOffsetMs: this.#clockOffsetMs };
    const remaining = this.#present().filter((person) => person !== leaving);
    const acts = planRound(this.#model, remaining, round, next);
    if (leaving !== undefined) {
      acts.splice(Math.floor(next() * acts.length), 0, { kind: 'leave', actor: leaving, key: round });
    }

    const plaza = await MortalPlaza.start({ ...options, fault: `${point}:${nth}` });
    await this.#perform(plaza, acts);
    if (!plaza.isGone) await plaza.drain();
    const reached = plaza.reached(point);
    await plaza.kill();

    const healed = await MortalPlaza.start(options);
    assert.ok(!healed.isGone, healed.errors);
    await this.#settle(healed, acts);
    assert.ok(await healed.drain(), healed.errors);
    await checkWorld(this.#world());
    await checkAfter(this.#world(), acts);
    await healed.stop();
    return reached;
  }

  /** What was gone stays gone, and what was edited stays so, through all later rounds. */
  async checkEverything(): Promise<void> {
    const plaza = await MortalPlaza.start({ ...this.#server, clockOffsetMs: this.#clockOffsetMs });
    await checkAfter(this.#world(), this.#settled);
    await plaza.stop();
  }

  /** For points that are reached only when something is due: posts that are scheduled, or somebody who will leave. */
  async #prepare(point: FaultPoint, round: string): Promise<number | undefined> {
    const schedules = point.startsWith('schedule.');
    const leaves = point.startsWith('erasure.') || point.startsWith('account.');
    if (!schedules && !leaves) return undefined;
    const plaza = await MortalPlaza.start({ ...this.#server, clockOffsetMs: this.#clockOffsetMs });
    const others = this.#present();
    let leaver: number | undefined;
    if (schedules) {
      const dueMs = Date.now() + this.#clockOffsetMs + SCHEDULE_AHEAD_MS;
      const scheduled = others
        .slice(0, 3)
        .map((actor): Act => ({ kind: 'schedule', actor, key: `${round}:${actor}`, dueMs }));
      await this.#settle(plaza, scheduled);
      this.#clockOffsetMs += SCHEDULE_AHEAD_MS + 60_000;
    } else {
      leaver = await this.#join();
      for (const acts of planBeforeLeaving(this.#model, leaver, others, `${round}:before`))
        await this.#settle(plaza, acts);
    }
    await plaza.stop();
    return leaver;
  }

  async #join(): Promise<number> {
    const index = this.#people.push(await this.#signUp.next()) - 1;
    this.#model.join(index);
    return index;
  }

  #present(): number[] {
    return [...this.#people.keys()].filter((person) => !this.#model.left.has(person));
  }

  #world() {
    return { people: this.#people, model: this.#model };
  }

  /** A healthy server does all that is left to do. */
  async #settle(plaza: MortalPlaza, acts: readonly Act[]): Promise<void> {
    const left = () => acts.filter(({ done }) => !done);
    // A busy server may put some of it off.
    for (let passes = 0; passes < MOST_PASSES && left().length > 0; passes++) await this.#perform(plaza, left());
    assert.deepEqual(left(), [], `acts that a healthy server refused\n${plaza.errors}`);
    for (const act of acts) this.#model.apply(act);
    this.#settled.push(...acts);
  }

  /** Performs the acts, several at a time, until all are done or the server is gone. */
  async #perform(plaza: MortalPlaza, acts: readonly Act[]): Promise<void> {
    const waiting = [...acts];
    const caller = async () => {
      for (let act = waiting.shift(); act !== undefined; act = waiting.shift()) {
        try {
          await perform(act, this.#people, this.#picture);
        } catch (error) {
          if (!(error instanceof Unanswered)) throw new Error(`${act.kind} ${act.key}`, { cause: error });
          act.failure = error.message;
          if (plaza.isGone || !(await isAlive(plaza))) return;
        }
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
  }
}

async function isAlive(plaza: MortalPlaza): Promise<boolean> {
  return await new ApiClient(plaza.address).get('/api/v2/instance').then(
    () => true,
    () => false,
  );
}

function pictures(): Picture {
  let made = 0;
  return async () => {
    const shade = (made++ * 37) % 256;
    const png = await sharp({ create: { width: 64, height: 48, channels: 3, background: { r: shade, g: 90, b: 160 } } })
      .png()
      .toBuffer();
    return new Blob([new Uint8Array(png)], { type: 'image/png' });
  };
}
