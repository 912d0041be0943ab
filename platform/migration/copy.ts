import { PlazaError } from '#platform/errors/errors.ts';
import { type Mutation, put } from '#ports/wide-column/port.ts';
import type { VersionedRow } from '#ports/wide-column/store.ts';
import type { Form } from './definition.ts';
import { Pace } from './pace.ts';
import type { MigrationState } from './phases.ts';
import { progress } from './script.ts';
import type { MigratorTools, Pairing } from './tools.ts';
import { untilWritten } from './until-written.ts';
import { pagesOf } from './walk.ts';

/**
 * Copies every row of the form that has everything into the one that does not, each with its own version: what is newer there already wins, and copying twice is
 * copying once. Both are being written meanwhile, so rows that come during the copy are there without it. After each page of partitions it is noted how far it
 * is; a copy that was cut short goes on there.
 */
export async function copyAll(
  tools: MigratorTools,
  { source, target }: Pairing,
  state: MigrationState,
  options: {
    readonly rowsPerSecond: number;
    readonly stillMine: () => void;
    /** Whether the copy alone makes the target whole, or something must follow. */
    readonly completes: boolean;
  },
): Promise<MigrationState> {
  const { wide, relational, report } = tools;
  const pace = new Pace(tools.clock, options.rowsPerSecond);
  let now = state;
  const note = async () => {
    const [outcome] = await relational.batch([{ query: progress(now) }]);
    if (outcome?.changed !== 1) throw new PlazaError('conflict', `${state.name} was moved on by somebody else.`);
  };
  report('Copying', now.done, now.total);
  for (let after = now.cursor ?? undefined; ; ) {
    const page = await wide.partitions(source.table, { after, limit: tools.partitionsPerPage });
    for (const partition of page.partitions) {
      for await (const rows of pagesOf(wide, source.table, partition)) {
        options.stillMine();
        await pace.take(rows.length);
        await untilWritten(tools, copiesOf(rows, source, target));
      }
    }
    const done = now.done + page.partitions.length;
    now = { ...now, done, total: Math.max(done, page.about ?? now.total), cursor: page.next ?? null };
    if (page.next === undefined) now = { ...now, total: done, filled: options.completes };
    await note();
    report('Copying', now.done, now.total);
    if (page.next === undefined) return now;
    after = page.next;
  }
}

/** Rows of one form, and what stands beside them, as writes to the other. */
export function copiesOf(rows: readonly VersionedRow[], source: Form, target: Form): Mutation[] {
  return rows.flatMap(({ row, version, ttlSeconds }) => {
    const copy = source.otherRow(row as Readonly<Record<string, unknown>>);
    const life = ttlSeconds === undefined ? {} : { ttlSeconds };
    return [put(target.table, copy as never, version, life), ...target.besides(copy)];
  });
}
