import type { Random } from '#platform/random/random.ts';
import { bound } from './bound.ts';
import { type Mutation, type WideColumn, WriteTimeout } from './port.ts';

export interface UnreliableWideColumn extends WideColumn {
  /** Lets every write land that is still under way, in a random order. */
  landAll(): Promise<void>;
}

/**
 * A twin whose writes fail as those of a server may: of two writes, one times out, and it has then landed, lands later (after newer ones, perhaps
 * twice), or never does. Not atomic ones may land in part. Atomic ones land whole. For tests.
 */
export function unreliable(wide: WideColumn, random: Random): UnreliableWideColumn {
  const underWay: (() => Promise<void>)[] = [];
  const below = (limit: number) => random.bytes(4).readUInt32LE() % limit;

  async function landSome(): Promise<void> {
    while (underWay.length > 0 && below(3) > 0) await underWay.splice(below(underWay.length), 1)[0]!();
  }

  async function attempt(mutations: readonly Mutation[], options: { atomic?: boolean }): Promise<void> {
    await landSome();
    const land = async (some: readonly Mutation[]) => wide.write(some, options);
    const fate = below(8);
    if (fate < 4) return land(mutations);
    if (fate === 4) await land(mutations);
    if (fate === 5) underWay.push(() => land(mutations));
    if (fate === 6)
      underWay.push(
        () => land(mutations),
        () => land(mutations),
      );
    if (fate === 7 && options.atomic !== true) await land(mutations.filter(() => below(2) === 0));
    throw new WriteTimeout();
  }

  // One at a time, so that a seed always throws the same dice for the same write.
  let last: Promise<unknown> = Promise.resolve();
  function write(mutations: readonly Mutation[], options: { atomic?: boolean } = {}): Promise<void> {
    const mine = last.then(() => attempt(mutations, options));
    last = mine.catch(() => {});
    return mine;
  }

  return {
    ...bound(wide),
    write,
    async landAll() {
      while (underWay.length > 0) await underWay.splice(below(underWay.length), 1)[0]!();
    },
  };
}
