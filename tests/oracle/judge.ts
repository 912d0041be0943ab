import type { Constellation } from '#tests/constellation/constellation.ts';
import { doSomething } from './deeds.ts';
import { Onlooker } from './surfaces.ts';
import { World } from './world.ts';

const PEOPLE = ['ada', 'bob', 'cat', 'dan', 'eve', 'fay'];
/** How often everything under way is waited for before the next deed. */
const SETTLES = 0.15;
const EXAMINATIONS = 2;

/** Lets people do things at random, and looks at every surface after each of them. Throws a `Counterexample`; answers the world as it is then. */
export async function judge(plaza: Constellation, seed: number, deeds: number): Promise<World> {
  const world = new World(plaza, seed);
  await world.populate(PEOPLE);
  for (let done = 0; done < deeds; ) {
    if (!(await doSomething(world))) continue;
    done++;
    const everybody = [null, ...world.model.active().map(({ name }) => name)];
    const concerned = new Set([...world.lastConcerned(), world.pick(everybody)]);
    await each(world, [...concerned], (onlooker) => onlooker.glance('now'));
    if (world.chance(SETTLES)) {
      await world.settle();
      await each(world, everybody, (onlooker) => onlooker.glance('settled'));
    }
    if (done % Math.ceil(deeds / EXAMINATIONS) === 0) {
      await each(world, everybody, (onlooker) => onlooker.examine('now'));
      await world.settle();
      await each(world, everybody, (onlooker) => onlooker.examine('settled'));
    }
  }
  return world;
}

export async function each(
  world: World,
  viewers: readonly (string | null)[],
  look: (onlooker: Onlooker) => Promise<void>,
) {
  await Promise.all(viewers.map((viewer) => look(new Onlooker(world, viewer))));
}
