import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server in a process of its own, whose CPU time and memory can be read. */
export interface ServerProcess {
  readonly address: URL;
  /** From its start to its first readiness, in milliseconds. */
  readonly readyMs: number;
  readonly pid: number;
  /** CPU time of all its threads so far, in milliseconds. */
  cpuMs(): number;
  /** Resident memory in bytes. */
  residentBytes(): number;
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
  const address = await readyAddress(child);
  const readyMs = performance.now() - startMs;
  return {
    address: new URL(address),
    readyMs,
    pid: child.pid!,
    cpuMs() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    },
    residentBytes() {
      const line = /VmRSS:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      return Number(line?.[1] ?? 0) * 1_024;
    },
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
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

async function readyAddress(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const ready = /^ready (http:.+)$/.exec(line);
    if (ready !== null) {
      child.stdout!.resume();
      return ready[1]!;
    }
  }
  throw new Error('The server ended before it was ready.');
}
