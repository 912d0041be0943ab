/** Scripts of the engine's tests. */
import { queryBuilder } from '#ports/relational/builder.ts';
import { rowOf, script } from '#ports/relational/port.ts';

const db = queryBuilder<{ t: { id: number } }>();

export const countRows = script(import.meta.url, 'countRows', function* ({ above }: { above: number }) {
  const count = db
    .selectFrom('t')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('id', '>', above);
  return (yield* rowOf(count))!.n;
});

export const returnsAFunction = script(import.meta.url, 'returnsAFunction', function* (_: object) {
  return () => 1;
});

/** Its name is not what it is exported as. */
export const neverExported = { ...countRows, name: 'neverExported' } as unknown as typeof returnsAFunction;
Object.defineProperty(neverExported, 'body', { value: undefined });

/** Ends the writer thread in the middle of a transaction. */
// biome-ignore lint/correctness/useYield: it does not come to a query.
export const hangUp = script(import.meta.url, 'hangUp', function* (_: object) {
  process.exit(3);
});
