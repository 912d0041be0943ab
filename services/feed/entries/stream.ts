import type { Entry } from './entry.ts';

/** Entries in one order, a piece at a time. An empty piece is the end. */
export interface EntryStream {
  next(): Promise<readonly Entry[]>;
  /** The next piece if it is at hand without waiting, else undefined: who merges hundreds of streams need not wait for each. */
  ready?(): readonly Entry[] | undefined;
}

export const emptyStream: EntryStream = { next: async () => [] };

/** A list that is there already. */
export function listStream(entries: readonly Entry[]): EntryStream {
  let given = false;
  return {
    async next() {
      if (given) return [];
      given = true;
      return entries;
    },
  };
}

/** One stream after the other; each is made when it is needed. */
export function concatenated(makers: readonly (() => EntryStream | Promise<EntryStream>)[]): EntryStream {
  let position = 0;
  let current: EntryStream | undefined;
  return {
    async next() {
      for (;;) {
        if (current === undefined) {
          const make = makers[position++];
          if (make === undefined) return [];
          current = await make();
        }
        const piece = await current.next();
        if (piece.length > 0) return piece;
        current = undefined;
      }
    },
  };
}

/** The first entries of a stream: at least `limit`, unless it ended before. */
export async function collect(stream: EntryStream, limit: number): Promise<{ entries: Entry[]; ended: boolean }> {
  const entries: Entry[] = [];
  while (entries.length < limit) {
    const piece = await stream.next();
    if (piece.length === 0) return { entries, ended: true };
    for (const entry of piece) entries.push(entry);
  }
  return { entries, ended: false };
}
