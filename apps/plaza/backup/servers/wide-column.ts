import { PlazaError } from '#platform/errors/errors.ts';
import type { CqlCopy } from '#ports/wide-column/cql/copy.ts';
import type { Mutation, WideColumn } from '#ports/wide-column/port.ts';
import type { WideTable } from '#ports/wide-column/table.ts';
import type { Report } from '../../operator/command.ts';
import { CHANGES_FILE, type ServersManifest, type WideLine, wideFile } from './layout.ts';
import { LineWriter, linesOf, type WrittenFile } from './line-file.ts';
import { shareOf } from './progress-of.ts';

/**
 * Read before all others: who finds a deed or a post there finds what was written with it in what is read later. The other way round, a listing could name
 * what is not there.
 */
const FIRST = ['post_deed', 'post_head'];

export function isOutbox({ name }: WideTable): boolean {
  return name.endsWith('_outbox');
}

export function lineOf({ table, kind, row, version, ttlSeconds }: Mutation): string {
  const line: WideLine = { table: table.name, kind, row, version, ...(ttlSeconds === undefined ? {} : { ttlSeconds }) };
  return JSON.stringify(line);
}

/** Every row of these tables with its version. */
export async function copyTables(
  copy: CqlCopy,
  tables: readonly WideTable[],
  target: string,
  step: string,
  report: Report,
): Promise<Record<string, WrittenFile>> {
  const files: Record<string, WrittenFile> = {};
  const told = shareOf(report, step, tables.length);
  const rank = ({ name }: WideTable) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const inOrder = [...tables].sort((a, b) => rank(a) - rank(b));
  for (const [index, table] of inOrder.entries()) {
    const writer = await LineWriter.create(target, wideFile(table.name));
    try {
      for await (const { puts, share } of copy.rows(table)) {
        await writer.add(puts.map(lineOf));
        told(index, share);
      }
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    files[wideFile(table.name)] = await writer.close();
    told(index, 1);
  }
  return files;
}

/** Rows under their versions: again, or in another order, changes nothing. */
export async function fillTables(
  wide: WideColumn,
  { wideColumn, files }: ServersManifest,
  folder: string,
  report: Report,
): Promise<void> {
  await wide.declare(wideColumn);
  const byName = new Map(wideColumn.map((table) => [table.name, table]));
  const names = [...wideColumn.map(({ name }) => wideFile(name)), CHANGES_FILE];
  const total = names.reduce((sum, name) => sum + files[name]!.lines, 0);
  let done = 0;
  for (const name of names) {
    for await (const lines of linesOf(folder, name)) {
      await wide.write(lines.map((line) => mutationOf(JSON.parse(line), byName)));
      done += lines.length;
      report('Posts and feeds', done, total);
    }
  }
}

function mutationOf(line: WideLine, tables: ReadonlyMap<string, WideTable>): Mutation {
  const table = tables.get(line.table);
  if (table === undefined)
    throw new PlazaError('conflict', `The backup has a row of "${line.table}" and no such table.`);
  return { ...line, table };
}
