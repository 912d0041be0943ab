import type { Costed } from './measures/context.ts';
import type { ProfileSummary } from './profile.ts';

const round = (value: number, digits = 1) => value.toFixed(digits);

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
  for (const text of [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)])
    console.log(text);
}

export const LOAD_HEAD = ['load', 'answers/s', 'p50 ms', 'p99 ms', 'max ms', 'CPU ms each', 'failed'];

/** One line for a whole load, and one for each kind of request in it. */
export function loadRows(name: string, result: Costed): string[][] {
  const failed = Object.values(result.failures).reduce((sum, count) => sum + count, 0);
  const latency = (each: Costed['all']) => [round(each.p50, 2), round(each.p99, 2), round(each.max, 1)];
  const rows = [[name, round(result.perSecond, 0), ...latency(result.all), round(result.cpuMsEach, 3), String(failed)]];
  const kinds = Object.entries(result.byName);
  if (kinds.length > 1) {
    for (const [kind, each] of kinds)
      rows.push([`  ${kind}`, round(each.count / result.seconds, 0), ...latency(each), '', '']);
  }
  return rows;
}

/** CPU time for each request, by process and by load; nothing where one process did it all. */
export function printProcesses(loads: Readonly<Record<string, Costed>>): void {
  const results = Object.values(loads);
  const names = [...(results[0]?.cpuMsEachByProcess.keys() ?? [])];
  if (names.length === 0) return;
  console.log();
  printTable(
    ['CPU ms for each request', ...Object.keys(loads)],
    names.map((name) => [name, ...results.map((result) => round(result.cpuMsEachByProcess.get(name) ?? 0, 3))]),
  );
}

/** A figure, what it should be, and whether it is. */
export function goal(name: string, value: number, wanted: string, met: boolean): string[] {
  return [
    name,
    Number.isInteger(value) ? String(value) : round(value, value < 10 ? 2 : 0),
    wanted,
    met ? 'met' : 'MISSED',
  ];
}

const ROOMS_SHOWN = 14;
const FUNCTIONS_SHOWN = 20;

/** Where time went: by room, and by function. */
export function printProfile(name: string, { busyUs, rooms, functions }: ProfileSummary): void {
  console.log(`${name}: ${round(busyUs, 0)} µs of the main thread each, waiting for the processor included\n`);
  const rows = (lines: ProfileSummary['rooms']) =>
    lines.map(({ where, selfUs, share }) => [where, round(selfUs), `${round(share * 100)} %`]);
  printTable(['room', 'µs', 'share'], rows(rooms.slice(0, ROOMS_SHOWN)));
  console.log();
  printTable(['function, itself', 'µs', 'share'], rows(functions.slice(0, FUNCTIONS_SHOWN)));
  console.log();
}
