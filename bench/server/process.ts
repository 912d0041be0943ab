import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';

/** A server in a process of its own, whose CPU time and memory can be read. */
export interface ServerProcess {
  readonly address: URL;
  /** Where it shows its metrics, if it does. */
  readonly metrics: URL | undefined;
  /** From its start to its first readiness, in milliseconds. */
  readonly readyMs: number;
  /** CPU time of all its threads so far, in milliseconds. */
  cpuMs(): number;
  /** Resident memory in bytes. */
  residentBytes(): number;
  /** Profiles its main thread while `work` runs: see `profiler.ts`. Only where it was started with `BENCH_PROFILE`. */
  profiled<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** The kernel counts CPU time in hundredths of a second on every platform that has `/proc`. */
const MS_PER_TICK = 10;

/** Starts a script that prints `ready <address>` when it listens. */
export async function startServer(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<ServerProcess> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...inherited(), ...env },
  });
  const lines = createInterface({ input: child.stdout! });
  const [, address, metrics] = await told(child, lines, /^ready (http:\S+) ?(http:\S+)?/);
  const readyMs = performance.now() - startMs;
  const toggleProfile = async () => {
    const done = told(child, lines, /^profile /);
    child.kill('SIGUSR2');
    await done;
  };
  return {
    address: new URL(address!),
    metrics: metrics === undefined ? undefined : new URL('/metrics', metrics),
    readyMs,
    cpuMs() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    },
    residentBytes() {
      const line = /VmRSS:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      return Number(line?.[1] ?? 0) * 1_024;
    },
    async profiled(work) {
      await toggleProfile();
      try {
        return await work();
      } finally {
        await toggleProfile();
      }
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** What `npm start` would give it. */
function inherited(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? { PATH } : { PATH, NODE_COMPILE_CACHE };
}

/** The first line from now on that matches. */
function told(child: ChildProcess, lines: Interface, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      lines.off('line', hear);
      child.off('exit', fail);
    };
    const hear = (line: string) => {
      const match = pattern.exec(line);
      if (match === null) return;
      finish();
      resolve(match);
    };
    const fail = () => {
      finish();
      reject(new Error('The server ended too early.'));
    };
    lines.on('line', hear);
    child.once('exit', fail);
  });
}
