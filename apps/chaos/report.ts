import { table } from '../plaza/operator/table.ts';
import { ZEROS, type Zero } from './findings.ts';
import type { ChaosReport, FaultResult } from './run.ts';

const HEAD = ['fault', 'broken', 'no write for', 'no read for', 'all served after', 'caught up after'];
const COUNTS = ['writes', 'reads', '5xx', 'lost', 'late'];
/** Findings of one kind that are printed. */
const SHOWN = 10;
/** Kinds of failed requests that are printed for a fault. */
const FAILURES_SHOWN = 5;

/** What the run showed, as lines to print. */
export function reportLines(report: ChaosReport, seed: number): string[] {
  const { findings, results, posts, unknown } = report;
  const zeros = Object.keys(ZEROS) as Zero[];
  return [
    '',
    ...table([...HEAD, ...COUNTS], results.map(row)),
    '',
    ...table(['fault', 'what failed', ''], results.flatMap(failureRows)),
    '',
    ...table(
      ['must be 0', ''],
      zeros.map((zero) => [ZEROS[zero], String(findings.count(zero))]),
    ),
    '',
    ...zeros.flatMap((zero) => {
      const found = findings.all.filter((finding) => finding.zero === zero);
      return found.slice(0, SHOWN).map(({ what, fault }) => `${ZEROS[zero]} (${fault}): ${what}`);
    }),
    `${posts} posts acknowledged; ${unknown} writes of posts with unknown fate; seed ${seed}`,
  ];
}

/** One fault in one line, while the run goes on. */
export function sufferedLine(result: FaultResult): string {
  const [name, ...times] = row(result);
  const [broken, write, read, served, caughtUp] = times;
  return `${name}: broken for ${broken}, no write for ${write}, no read for ${read}, all served after ${served}, caught up after ${caughtUp}`;
}

function row(result: FaultResult): string[] {
  return [
    result.name,
    ...[result.brokenMs, result.writeStallMs, result.readStallMs, result.servedAfterMs, result.caughtUpAfterMs].map(
      seconds,
    ),
    ...[result.writes, result.reads, result.failed, result.lost, result.late].map(String),
  ];
}

function failureRows({ name, failures }: FaultResult): string[][] {
  const most = [...failures].sort(([, a], [, b]) => b - a).slice(0, FAILURES_SHOWN);
  return most.map(([what, count], index) => [index === 0 ? name : '', what, String(count)]);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
