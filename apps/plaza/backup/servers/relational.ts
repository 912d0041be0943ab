import type { RelationalFilling, RelationalSnapshot, TableDefinition } from '#ports/relational/postgres/copy.ts';
import type { Report } from '../../operator/command.ts';
import { relationalFile, type ServersManifest } from './layout.ts';
import { LineWriter, linesOf, type WrittenFile } from './line-file.ts';

const STEP = 'Accounts and follows';

/** All tables at the moment of the snapshot. */
export async function copyRelational(
  snapshot: RelationalSnapshot,
  target: string,
  report: Report,
): Promise<{ tables: TableDefinition[]; files: Record<string, WrittenFile> }> {
  const tables = await snapshot.tables();
  const about = tables.reduce((sum, table) => sum + table.about, 0);
  const files: Record<string, WrittenFile> = {};
  let done = 0;
  for (const { name } of tables) {
    const writer = await LineWriter.create(target, relationalFile(name));
    try {
      for await (const rows of snapshot.rows(name)) {
        await writer.add(rows);
        done += rows.length;
        // The server only estimates how many there are.
        report(STEP, done, Math.max(done, about));
      }
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    files[relationalFile(name)] = await writer.close();
  }
  report(STEP, done, done);
  return { tables: tables.map(({ name, create, complete }) => ({ name, create, complete })), files };
}

export async function fillRelational(
  filling: RelationalFilling,
  { relational, files }: ServersManifest,
  folder: string,
  report: Report,
): Promise<void> {
  const total = relational.reduce((sum, { name }) => sum + files[relationalFile(name)]!.lines, 0);
  let done = 0;
  for (const table of relational) {
    await filling.create(table);
    for await (const lines of linesOf(folder, relationalFile(table.name))) {
      await filling.add(table.name, lines);
      done += lines.length;
      report(STEP, done, total);
    }
  }
  for (const [index, table] of relational.entries()) {
    await filling.complete(table);
    report('Indexes', index + 1, relational.length);
  }
}
