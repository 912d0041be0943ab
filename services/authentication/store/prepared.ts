import type { CompiledQuery } from 'kysely';

/**
 * Compiles a read once and binds its parameters at each use: building and compiling with Kysely costs several times what reading by key does.
 * `build` gets a stand-in for each parameter; constants of the query keep their values.
 */
export function prepared<R, P extends readonly unknown[]>(
  width: P['length'],
  build: (...parameters: P) => { compile(): CompiledQuery<R> },
): (...parameters: P) => CompiledQuery<R> {
  const marks: readonly unknown[] = Array.from({ length: width }, (_, index) => `\0parameter ${index}`);
  const template = build(...(marks as P)).compile();
  const sources = template.parameters.map((parameter) => marks.indexOf(parameter));
  if (sources.length === width && sources.every((source, index) => source === index))
    return (...parameters) => ({ ...template, parameters });
  return (...parameters) => ({
    ...template,
    parameters: sources.map((source, index) => (source < 0 ? template.parameters[index] : parameters[source])),
  });
}
