import { forEachOf } from './limiter.ts';
import type { CqlSession } from './session.ts';
import type { CqlTable } from './wide-column.ts';

type Row = Readonly<Record<string, unknown>>;

/** Values of one list. Servers refuse longer ones. */
const MAX_LIST = 100;

/** Keys that agree in all but their last column, which tells them apart. */
interface Group {
  readonly leading: readonly unknown[];
  readonly last: unknown[];
}

/**
 * Rows by whole keys, in the order asked for. Partitions are asked for one by one, several at once, each from its own replicas; keys that differ
 * in their last clustering column alone share a request.
 */
export async function readKeys(
  session: CqlSession,
  { codec, cql }: CqlTable,
  keys: readonly Row[],
  atOnce: number,
): Promise<(Record<string, unknown> | undefined)[]> {
  const encoded = keys.map((key) => codec.keyOf(key));
  const isClustered = codec.key.length > codec.partition.length;
  const found = new Map<string, Record<string, unknown>>();
  await forEachOf(groupsOf(encoded, isClustered), atOnce, async ({ leading, last }) => {
    const rows =
      last.length === 1
        ? await session.read(cql.get, [...leading, last[0]], 1)
        : await session.read(cql.getSome, [...leading, last], last.length);
    for (const row of rows) found.set(nameOf(codec.key.map(({ name }) => row[name])), codec.toRow(row));
  });
  return encoded.map((values) => found.get(nameOf(values)));
}

function groupsOf(keys: readonly unknown[][], isClustered: boolean): Group[] {
  const groups: Group[] = [];
  const open = new Map<string, Group>();
  const seen = new Set<string>();
  for (const values of keys) {
    const name = nameOf(values);
    if (seen.has(name)) continue;
    seen.add(name);
    const leading = values.slice(0, -1);
    const place = isClustered ? nameOf(leading) : name;
    const group = open.get(place);
    if (group !== undefined && group.last.length < MAX_LIST) {
      group.last.push(values.at(-1));
      continue;
    }
    const made = { leading, last: [values.at(-1)] };
    groups.push(made);
    open.set(place, made);
  }
  return groups;
}

/** Key texts hold no U+0000. */
function nameOf(values: readonly unknown[]): string {
  return values.join('\0');
}
