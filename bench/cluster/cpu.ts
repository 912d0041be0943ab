import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts CPU time in hundredths of a second on every platform that has `/proc`. */
const MS_PER_TICK = 10;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

/**
 * CPU time so far, in milliseconds, of each named process with all its threads and with the processes below it: PostgreSQL works in children. What a
 * child has used that ended since is its parent's.
 */
export function cpuMsByName(pids: ReadonlyMap<string, number>): Map<string, number> {
  const children = new Map<number, Process[]>();
  const own = new Map<number, number>();
  for (const process of processes()) {
    own.set(process.pid, process.cpuMs);
    const siblings = children.get(process.parent);
    if (siblings === undefined) children.set(process.parent, [process]);
    else siblings.push(process);
  }
  const whole = (pid: number): number =>
    (children.get(pid) ?? []).reduce((sum, child) => sum + whole(child.pid), own.get(pid) ?? 0);
  return new Map([...pids].map(([name, pid]) => [name, whole(pid)]));
}

function* processes(): Generator<Process> {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    let stat: string;
    try {
      stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    } catch {
      // It ended meanwhile.
      continue;
    }
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parent, user, system, childrenUser, childrenSystem] = [1, 11, 12, 13, 14].map((at) => Number(fields[at]));
    yield { pid, parent: parent!, cpuMs: (user! + system! + childrenUser! + childrenSystem!) * MS_PER_TICK };
  }
}

/** What each used since `before`, for each of so many requests. */
export function cpuEach(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  requests: number,
): Map<string, number> {
  return new Map([...after].map(([name, cpuMs]) => [name, (cpuMs - (before.get(name) ?? 0)) / requests]));
}
