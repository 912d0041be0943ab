import type { ShownPost } from '#contracts/model/post.ts';
import type { Entry } from '../entries/entry.ts';
import { sameBelow } from './fold.ts';
import type { Material } from './material.ts';

/** Decides which of `entries[from…to)` are shown, as of now. The entries are newest first; what follows `to` is there for folding. */
export type Judge = (
  entries: readonly Entry[],
  from: number,
  to: number,
) => Promise<readonly (ShownPost | undefined)[]>;

/** A judge by a rule on one post. `folding`: a repost does not stand above an older entry that shows the same post. */
export function judgeBy(
  material: Material,
  rule: (entry: Entry) => ShownPost | undefined,
  options: { folding: boolean; prepare?: (entries: readonly Entry[]) => Promise<void> },
): Judge {
  return async (entries, from, to) => {
    const wanted = entries.slice(from, to);
    const same = options.folding ? wanted.map((_, i) => sameBelow(entries, from + i)) : [];
    const all = same.some((list) => list.length > 0) ? [...wanted, ...same.flat()] : wanted;
    await Promise.all([material.load(all), options.prepare?.(all)]);
    return wanted.map((entry, i) => {
      const shown = rule(entry);
      if (shown === undefined) return undefined;
      return same[i]?.some((older) => rule(older) !== undefined) ? undefined : shown;
    });
  };
}
