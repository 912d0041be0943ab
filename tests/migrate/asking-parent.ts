import type { CompiledQuery } from 'kysely';
import type { Query, Relational, Script, WriteOutcome } from '#ports/relational/port.ts';
import type { Asked, FromChild, ToChild } from './protocol.ts';

export function say(message: FromChild): void {
  process.send?.(message);
}

/** The relational store of the parent, over the channel between the two: all children share it, and it outlives each. */
export function askingParent(): Relational {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  process.on('message', (message: ToChild) => {
    if (message.to !== 'answered') return;
    const { number, value, error } = message;
    const waiter = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) waiter?.resolve(value);
    else waiter?.reject(new Error(error));
  });
  const ask = (what: Asked) =>
    new Promise((resolve, reject) => {
      const number = asked++;
      waiting.set(number, { resolve, reject });
      say({ from: 'ask', number, asked: what });
    });
  const plain = (query: Query) => {
    const { sql, parameters } = ('compile' in query ? query.compile() : query) as CompiledQuery;
    return { sql, parameters };
  };
  return {
    query: async <R>(query: Query<R>) => (await ask({ kind: 'query', ...plain(query) })) as R[],
    batch: async (steps) =>
      (await ask({
        kind: 'batch',
        steps: steps.map(({ query, expect }) => ({ ...plain(query), ...(expect === undefined ? {} : { expect }) })),
      })) as WriteOutcome[],
    run: async <A, R>({ module, name }: Script<A, R>, args: A) => (await ask({ kind: 'run', module, name, args })) as R,
    // The parent has made the tables.
    migrate: async () => {},
    close: async () => {},
  };
}
