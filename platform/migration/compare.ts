import { isDeepStrictEqual } from 'node:util';
import { remove } from '#ports/wide-column/port.ts';
import type { VersionedRow } from '#ports/wide-column/store.ts';
import { copiesOf } from './copy.ts';
import { type Form, keyOf } from './definition.ts';
import { Pace } from './pace.ts';
import type { MigratorTools, Pairing } from './tools.ts';
import { untilWritten } from './until-written.ts';
import { pagesOf, rowAt } from './walk.ts';

type Row = Readonly<Record<string, unknown>>;

/** A row that the forms do not agree about, and goes on to be one though it was looked at again. */
export interface Difference {
  readonly table: string;
  readonly key: string;
  readonly what: string;
}

export interface Comparison {
  readonly rows: number;
  readonly differences: readonly Difference[];
  readonly mended: number;
}

/** A write under way reaches one form before the other: what differs is looked at again, so often. */
const LOOKS = 6;
const LOOK_AGAIN_MS = 250;
/** Rows looked up at once. */
const AT_ONCE = 32;
/** Enough to see what is wrong; the number says how much. */
const MAX_DIFFERENCES = 1_000;

/** Looks for every row of each form in the other: the same content, in the same version. With `repair`, mends what it finds. */
export async function compareForms(
  tools: MigratorTools,
  { source, target }: Pairing,
  options: { readonly rowsPerSecond: number; readonly repair: boolean; readonly stillMine: () => void },
): Promise<Comparison> {
  const pace = new Pace(tools.clock, options.rowsPerSecond);
  const differences: Difference[] = [];
  let rows = 0;
  let mended = 0;
  for (const [form, other] of [
    [source, target],
    [target, source],
  ] as const) {
    const step = `Comparing ${form.table.name}`;
    let [done, total] = [0, 0];
    tools.report(step, done, total);
    for (let after: string | undefined; ; ) {
      const page = await tools.wide.partitions(form.table, { after, limit: tools.partitionsPerPage });
      for (const partition of page.partitions) {
        for await (const some of pagesOf(tools.wide, form.table, partition)) {
          options.stillMine();
          await pace.take(some.length);
          rows += form === source ? some.length : 0;
          for (const suspect of await suspectsOf(tools, some, form, other)) {
            const what = await lastingDifference(tools, suspect, form, other);
            if (what === undefined) continue;
            if (options.repair && (await mend(tools, suspect, form, other))) mended++;
            else differences.push({ table: form.table.name, key: JSON.stringify(suspect), what });
            if (differences.length === MAX_DIFFERENCES) return { rows, differences, mended };
          }
        }
      }
      done += page.partitions.length;
      total = Math.max(done, page.about ?? total);
      tools.report(step, done, page.next === undefined ? done : total);
      if (page.next === undefined) break;
      after = page.next;
    }
  }
  return { rows, differences, mended };
}

/** Keys of rows that the other form does not have like this. */
async function suspectsOf(
  tools: MigratorTools,
  rows: readonly VersionedRow[],
  form: Form,
  other: Form,
): Promise<Row[]> {
  const suspects: Row[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    await Promise.all(
      rows.slice(start, start + AT_ONCE).map(async (one) => {
        const there = await rowAt(tools.wide, other.table, form.otherKey(one.row as Row));
        if (differenceOf(one, there, form) !== undefined) suspects.push(keyOf(form.table, one.row as Row));
      }),
    );
  }
  return suspects;
}

async function lastingDifference(tools: MigratorTools, key: Row, form: Form, other: Form): Promise<string | undefined> {
  for (let look = 1; ; look++) {
    const [here, there] = await bothOf(tools, key, form, other);
    const what = differenceOf(here, there, form);
    if (what === undefined || look === LOOKS) return what;
    await tools.clock.wait(LOOK_AGAIN_MS);
  }
}

async function bothOf(tools: MigratorTools, key: Row, form: Form, other: Form) {
  const here = await rowAt(tools.wide, form.table, key);
  // Without the row its other key may not be known: then it has gone, which is all that matters.
  const there = here === undefined ? undefined : await rowAt(tools.wide, other.table, form.otherKey(here.row as Row));
  return [here, there] as const;
}

function differenceOf(
  here: VersionedRow | undefined,
  there: VersionedRow | undefined,
  form: Form,
): string | undefined {
  // Of a row that is only in the other form, the walk through that one tells.
  if (here === undefined) return undefined;
  if (there === undefined) return `version ${here.version} is missing in the other form`;
  if (there.version !== here.version) return `version ${here.version}, and ${there.version} in the other form`;
  if (!isDeepStrictEqual(there.row, form.otherRow(here.row as Row))) return `version ${here.version} says two things`;
  return undefined;
}

/**
 * The newer of the two goes where the older is, or where there is none: the write was acknowledged, or may land at any time. A form that still does not have the row then
 * knows of its removal, so it is removed from the other one as well, in its version, which removes nothing newer.
 */
async function mend(tools: MigratorTools, key: Row, form: Form, other: Form): Promise<boolean> {
  const [here, there] = await bothOf(tools, key, form, other);
  if (here === undefined || differenceOf(here, there, form) === undefined) return true;
  if (there !== undefined && there.version > here.version) await untilWritten(tools, copiesOf([there], other, form));
  else await untilWritten(tools, copiesOf([here], form, other));
  const [after, beside] = await bothOf(tools, key, form, other);
  if (after !== undefined && beside === undefined) {
    await untilWritten(tools, [remove(form.table, key as never, after.version)]);
  }
  return differenceOf(...(await bothOf(tools, key, form, other)), form) === undefined;
}
