import assert from 'node:assert/strict';
import type { ApiAnswer } from '#tests/constellation/api-client.ts';
import type { World } from './world.ts';

/** Something that somebody does. It changes the product over its public interfaces and, once acknowledged, the oracle's memory. */
export interface Deed {
  readonly weight: number;
  /** Whether it did anything. */
  do(world: World): Promise<boolean>;
}

export const TAGS = ['tea', 'rain'] as const;

export const two = (world: World): [string, string] | undefined => {
  const names = world.model.active().map(({ name }) => name);
  if (names.length < 2) return undefined;
  const one = world.pick(names);
  return [one, world.pick(names.filter((name) => name !== one))];
};

export const livePosts = (world: World) => world.model.posts.filter((post) => !post.deleted);

/** Acknowledged, or refused as it has to be. */
export function answered(world: World, answer: ApiAnswer, status: number, text: string, ...about: string[]): void {
  if (status !== 200) world.tell(`${text} (refused)`, ...about);
  assert.equal(
    answer.status,
    status,
    `SEED=${world.seed}: ${text}: ${answer.status} ${answer.text}\n${world.story(...about)}`,
  );
}
