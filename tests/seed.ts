export { seededNumbers } from '#platform/random/seeded-numbers.ts';

/** A seed from the environment, or a new one. Random tests print it, and replay with `SEED=…`. */
export function testSeed(): number {
  return process.env.SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.SEED);
}

export function pick<T>(items: readonly T[], next: () => number): T {
  return items[Math.floor(next() * items.length)] as T;
}
