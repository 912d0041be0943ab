import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Constellation, onEachTransport, TRANSPORTS } from '#tests/constellation/constellation.ts';
import { testSeed } from '#tests/seed.ts';
import { doSomething } from './deeds.ts';
import { Onlooker } from './surfaces.ts';
import { World } from './world.ts';

const PEOPLE = ['ada', 'bob', 'cat', 'dan', 'eve', 'fay'];
const DEEDS = Number(process.env.DEEDS ?? 120);
/** How often everything under way is waited for before the next deed. */
const SETTLES = 0.25;
const EXAMINATIONS = 3;

const seed = testSeed();

onEachTransport(`what every surface shows, judged by an oracle (SEED=${seed})`, (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  it('is never more than is allowed, and everything when all has settled', async () => {
    const world = new World(await started, seed + TRANSPORTS.indexOf(calls));
    await world.populate(PEOPLE);
    for (let done = 0; done < DEEDS; ) {
      if (!(await doSomething(world))) continue;
      done++;
      await eachViewer(world, (onlooker) => onlooker.glance('now'));
      if (world.chance(SETTLES)) {
        await world.settle();
        await eachViewer(world, (onlooker) => onlooker.glance('settled'));
      }
      if (done % Math.ceil(DEEDS / EXAMINATIONS) === 0) {
        await eachViewer(world, (onlooker) => onlooker.examine('now'));
        await world.settle();
        await eachViewer(world, (onlooker) => onlooker.examine('settled'));
      }
    }
  });
});

/** Everybody who can look, and somebody who is not signed in. */
async function eachViewer(world: World, look: (onlooker: Onlooker) => Promise<void>): Promise<void> {
  const viewers = [null, ...world.model.active().map(({ name }) => name)];
  await Promise.all(viewers.map((viewer) => look(new Onlooker(world, viewer))));
}

describe('the oracle', () => {
  it('knows nothing of the product', () => {
    for (const name of ['model.ts', 'rules.ts']) {
      const source = readFileSync(new URL(name, import.meta.url), 'utf8');
      const imported = [...source.matchAll(/from '([^']+)'/g)].map((match) => match[1]);
      assert.deepEqual(
        imported.filter((path) => path !== './model.ts'),
        [],
        name,
      );
    }
  });
});
