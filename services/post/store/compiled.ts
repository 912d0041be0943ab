import type { Compilable, CompiledQuery } from 'kysely';

/** Compiles a query once; each call gives it with other parameters, in the order of its `?`: as many as it has, or `RangeError`. Building a query anew costs more than running it. */
export function compiled<R>(query: Compilable<R>): (...parameters: readonly unknown[]) => CompiledQuery<R> {
  const once = query.compile();
  return (...parameters) => {
    if (parameters.length !== once.parameters.length)
      throw new RangeError(
        `${parameters.length} parameters for a statement that takes ${once.parameters.length}; give one for each ? of: ${once.sql}`,
      );
    return { ...once, parameters };
  };
}
