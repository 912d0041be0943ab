import type { Compilable, CompiledQuery } from 'kysely';

/** Compiles a query once; each call gives it with other parameters, in the order of its `?`. Building a query anew costs more than running it. */
export function compiled<R>(query: Compilable<R>): (...parameters: readonly unknown[]) => CompiledQuery<R> {
  const once = query.compile();
  return (...parameters) => ({ ...once, parameters });
}
