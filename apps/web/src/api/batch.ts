/** Asks for many things that are wanted at about the same time in one request. */
export interface BatchOptions<T> {
  /** As many as one request may name. */
  readonly most: number;
  fetch(ids: readonly string[]): Promise<readonly T[]>;
  idOf(item: T): string;
}

interface Wanted<T> {
  readonly resolve: (item: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Returns what asks for one thing by its id; what is asked for until the next task goes into one request. */
export function batched<T>({ most, fetch, idOf }: BatchOptions<T>): (id: string) => Promise<T> {
  let waiting = new Map<string, Wanted<T>[]>();

  const send = async (wanted: ReadonlyMap<string, readonly Wanted<T>[]>) => {
    try {
      const items = new Map((await fetch([...wanted.keys()])).map((item) => [idOf(item), item]));
      for (const [id, callers] of wanted) {
        const item = items.get(id);
        for (const { resolve, reject } of callers) {
          if (item === undefined) reject(new Error(`The answer does not name ${id}`));
          else resolve(item);
        }
      }
    } catch (error) {
      for (const callers of wanted.values()) for (const { reject } of callers) reject(error);
    }
  };

  const flush = () => {
    const all = [...waiting];
    waiting = new Map();
    for (let at = 0; at < all.length; at += most) void send(new Map(all.slice(at, at + most)));
  };

  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setTimeout(flush);
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
    });
}
