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

/** A write under way reaches one form before the other: what differs is looked at again, later and later, for some twelve seconds in all. */
const LOOKS = 8;
const FIRST_PAUSE_MS = 50;
/** Rows looked up at once. */
const AT_ONCE = 32;
/** What differs at first sight is looked at again together. */
const SUSPECTS_AT_ONCE = 1_000;
/** Enough to see what is wrong. */
const MAX_DIFFERENCES = 1_000;

export interface ComparisonOptions {
  readonly rowsPerSecond: number;
  readonly repair: boolean;
  /** Throws when somebody else moves the migration. */
  readonly stillMine: () => void;
}

/** Looks for every row of each form in the other: the same content, in the same version. With `repair`, mends what it finds. */
export async function compareForms(
  tools: MigratorTools,
  { source, target }: Pairing,
  options: ComparisonOptions,
): Promise<Comparison> {
  const one = await lookThrough(tools, source, target, options, differenceOf);
  // What is in both has been compared.
  const other = await lookThrough(tools, target, source, options, absenceOf);
  return {
    rows: one.rows,
    differences: [...one.differences, ...other.differences],
    mended: one.mended + other.mended,
  };
}

async function lookThrough(
  tools: MigratorTools,
  form: Form,
  other: Form,
  { rowsPerSecond, repair, stillMine }: ComparisonOptions,
  judge: Judge,
): Promise<Comparison> {
  const { wide, report, partitionsPerPage: limit } = tools;
  const pace = new Pace(tools.clock, rowsPerSecond);
  const differences: Difference[] = [];
  let suspects: Row[] = [];
  let mended = 0;
  const settle = async () => {
    const lasting = await Promise.all(
      suspects.map(async (key) => ({ key, what: await lastingDifference(tools, key, form, other, judge) })),
    );
    suspects = [];
    for (const { key, what } of lasting) {
      if (what === undefined) continue;
      if (repair && (await mend(tools, key, form, other))) mended++;
      else differences.push({ table: form.table.name, key: JSON.stringify(key), what });
    }
  };

  const step = `Comparing ${form.table.name}`;
  let [rows, done, total] = [0, 0, 0];
  report(step, done, total);
  for (let after: string | undefined; differences.length < MAX_DIFFERENCES; ) {
    const page = await wide.partitions(form.table, { after, limit });
    for (const partition of page.partitions) {
      for await (const some of pagesOf(wide, form.table, partition)) {
        stillMine();
        await pace.take(some.length);
        rows += some.length;
        suspects.push(...(await suspectsOf(tools, some, form, other, judge)));
        if (suspects.length >= SUSPECTS_AT_ONCE) await settle();
      }
    }
    done += page.partitions.length;
    total = Math.max(done, page.about ?? total);
    report(step, done, page.next === undefined ? done : total);
    if (page.next === undefined) break;
    after = page.next;
  }
  await settle();
  return { rows, differences, mended };
}

/** Keys of rows that the other form does not have like this. */
async function suspectsOf(
  tools: MigratorTools,
  rows: readonly VersionedRow[],
  form: Form,
  other: Form,
  judge: Judge,
): Promise<Row[]> {
  const suspects: Row[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    await Promise.all(
      rows.slice(start, start + AT_ONCE).map(async (one) => {
        const there = await rowAt(tools.wide, other.table, form.otherKey(one.row as Row));
        if (judge(one, there, form) !== undefined) suspects.push(keyOf(form.table, one.row as Row));
      }),
    );
  }
  return suspects;
}

async function lastingDifference(
  tools: MigratorTools,
  key: Row,
  form: Form,
  other: Form,
  judge: Judge,
): Promise<string | undefined> {
  for (let look = 1; ; look++) {
    const [here, there] = await bothOf(tools, key, form, other);
    const what = judge(here, there, form);
    if (what === undefined || look === LOOKS) return what;
    await tools.clock.wait(FIRST_PAUSE_MS * 2 ** (look - 1));
  }
}

async function bothOf(tools: MigratorTools, key: Row, form: Form, other: Form) {
  const here = await rowAt(tools.wide, form.table, key);
  // Without the row its other key may not be known: then it has gone, which is all that matters.
  const there = here === undefined ? undefined : await rowAt(tools.wide, other.table, form.otherKey(here.row as Row));
  return [here, there] as const;
}

/** Says what is wrong with a row of a form, if anything, given the same row of the other one. */
type Judge = (here: VersionedRow | undefined, there: VersionedRow | undefined, form: Form) => string | undefined;

function absenceOf(here: VersionedRow | undefined, there: VersionedRow | undefined): string | undefined {
  if (here === undefined || there !== undefined) return undefined;
  return `version ${here.version} is missing in the other form`;
}

function differenceOf(here: VersionedRow | undefined, there: VersionedRow | undefined, form: Form): string | undefined {
  // Of a row that is only in the other form, the walk through that one tells.
  if (here === undefined) return undefined;
  if (there === undefined) return absenceOf(here, there);
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
