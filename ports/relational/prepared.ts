import type { Compilable, CompiledQuery } from 'kysely';

/** Stands in a statement where a parameter will be. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Sizes to which lists are padded, so that few statements serve lists of every length. */
const LIST_SIZES = [1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 256, 512] as const;

/** The longest list that {@link preparedList} takes: the longest of a call (500 ids) and the viewer. */
export const MAX_LIST = 512;

const slots = () =>
  new Proxy({} as Record<string, Slot>, {
    get(_, name: string) {
      return new Slot(name);
    },
  });

interface Template<R> {
  readonly query: CompiledQuery<R>;
  readonly parameters: readonly unknown[];
}

function compile<R>(build: () => Compilable<R>): Template<R> {
  const query = build().compile();
  return { query, parameters: query.parameters };
}

function fill<R>({ query, parameters }: Template<R>, valueFor: (name: string) => unknown): CompiledQuery<R> {
  const values = new Array<unknown>(parameters.length);
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i];
    values[i] = parameter instanceof Slot ? valueFor(parameter.name) : parameter;
  }
  return { query: query.query, queryId: query.queryId, sql: query.sql, parameters: values };
}

/**
 * A statement that is built and compiled at its first use and only filled afterwards:
 * `prepared((p: { id: string }) => db.selectFrom('user_heads').selectAll().where('id', '=', p.id))`.
 */
export function prepared<P extends object, R>(
  build: (parameters: P) => Compilable<R>,
): (values: P) => CompiledQuery<R> {
  let template: Template<R> | undefined;
  return (values) => {
    template ??= compile(() => build(slots() as unknown as P));
    return fill(template, (name) => (values as Record<string, unknown>)[name]);
  };
}

/** The same with a list of ids (1 to {@link MAX_LIST}); it is padded by repeating its last id, so `build` may use it only for `IN`. */
export function preparedList<P extends object, R>(
  build: (parameters: P, ids: readonly string[]) => Compilable<R>,
): (values: P, ids: readonly string[]) => CompiledQuery<R> {
  const templates = new Map<number, Template<R>>();
  return (values, ids) => {
    const size = LIST_SIZES.find((candidate) => candidate >= ids.length);
    if (size === undefined || ids.length === 0) throw new RangeError(`a list of ${ids.length} ids`);
    let template = templates.get(size);
    if (template === undefined) {
      const list = Array.from({ length: size }, (_, index) => new Slot(`#${index}`));
      template = compile(() => build(slots() as unknown as P, list as unknown as string[]));
      templates.set(size, template);
    }
    const last = ids.length - 1;
    return fill(template, (name) =>
      name.charCodeAt(0) === 35
        ? ids[Math.min(last, Number(name.slice(1)))]
        : (values as Record<string, unknown>)[name],
    );
  };
}
