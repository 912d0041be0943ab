import type { Mutation } from '../port.ts';
import type { WideTable } from '../table.ts';
import type { Statement } from './session.ts';
import type { CqlTable } from './wide-column.ts';

/** Statements of one request. Servers warn of larger ones. */
const MAX_STATEMENTS = 100;
const MAX_CHARACTERS = 50_000;

/**
 * The statements of mutations, in groups of one partition each: a server applies such a group as one write. What is large stands alone. The order among
 * groups does not matter, nor within one: versions decide.
 */
export function byPartition(mutations: readonly Mutation[], known: (table: WideTable) => CqlTable): Statement[][] {
  const groups: Statement[][] = [];
  const open = new Map<string, { group: Statement[]; characters: number }>();
  for (const mutation of mutations) {
    const { codec, cql } = known(mutation.table);
    const isPut = mutation.kind === 'put';
    const params = isPut ? codec.putOf(mutation) : codec.removeOf(mutation);
    const statement = { query: isPut ? cql.put : cql.remove, params };
    const first = isPut ? 0 : 1;
    const partition = [mutation.table.name, ...params.slice(first, first + codec.partition.length)].join('\0');
    const characters = sizeOf(params);
    const into = open.get(partition);
    if (into !== undefined && into.group.length < MAX_STATEMENTS && into.characters + characters <= MAX_CHARACTERS) {
      into.group.push(statement);
      into.characters += characters;
      continue;
    }
    const group = [statement];
    groups.push(group);
    open.set(partition, { group, characters });
  }
  return groups;
}

function sizeOf(params: readonly unknown[]): number {
  return params.reduce<number>((size, value) => size + (typeof value === 'string' ? value.length : 8), 0);
}
