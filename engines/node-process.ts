import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineNode } from './engine.ts';

const POLL_MS = 100;
/** A cold start of a Java server on a busy machine takes up to two minutes. */
const START_MS = 240_000;
const STOP_MS = 30_000;

/** The process of a node, if it runs: a pid that another process got since then does not count. */
export function runningPid(node: EngineNode): number | undefined {
  let written: string;
  try {
    written = readFileSync(pidFile(node), 'utf8');
  } catch {
    return undefined;
  }
  const [pid, startedAt] = written.split(' ');
  return startTime(Number(pid)) === startedAt ? Number(pid) : undefined;
}

/**
 * Starts a node unless it runs, and waits until it answers. The process outlives this program.
 * @throws Error with the end of the node's log when it ends, or does not answer in four minutes
 */
export async function startNode(node: EngineNode): Promise<void> {
  if (runningPid(node) === undefined) {
    mkdirSync(node.folder, { recursive: true, mode: 0o700 });
    await node.prepare?.();
    launch(node);
  }
  await untilAnswering(node);
}

/** Ends a node in its own way, and by force where it takes longer than half a minute. */
export async function stopNode(node: EngineNode): Promise<void> {
  signalNode(node, 'SIGCONT');
  signalNode(node, node.stopSignal ?? 'SIGTERM');
  const deadline = performance.now() + STOP_MS;
  while (runningPid(node) !== undefined) {
    if (performance.now() > deadline) signalNode(node, 'SIGKILL');
    await pause(POLL_MS);
  }
  rmSync(pidFile(node), { force: true });
}

/** Sends a signal to the node's process (and to nothing else). False when it does not run. */
export function signalNode(
  node: EngineNode,
  signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT' | 'SIGUSR1' | 'SIGSTOP' | 'SIGCONT',
): boolean {
  const pid = runningPid(node);
  if (pid === undefined) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

function launch(node: EngineNode): void {
  const log = openSync(join(node.folder, 'node.log'), 'a', 0o600);
  const child = spawn(node.command, node.args, {
    cwd: node.folder,
    env: { ...process.env, ...node.env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  // A command that does not exist shows in `runningPid`; without a listener it would end this program.
  child.on('error', () => {});
  if (child.pid === undefined) throw new Error(`${node.name} cannot be started: there is no ${node.command}.`);
  writeFileSync(pidFile(node), `${child.pid} ${startTime(child.pid) ?? ''}`);
  child.unref();
}

async function untilAnswering(node: EngineNode): Promise<void> {
  const deadline = performance.now() + START_MS;
  for (;;) {
    if (await node.answers().catch(() => false)) return;
    if (runningPid(node) === undefined) throw new Error(`${node.name} ended while it started.\n${endOfLog(node)}`);
    if (performance.now() > deadline) throw new Error(`${node.name} does not answer.\n${endOfLog(node)}`);
    await pause(POLL_MS);
  }
}

function endOfLog(node: EngineNode): string {
  const path = join(node.folder, 'node.log');
  return `${readFileSync(path, 'utf8').split('\n').slice(-15).join('\n')}(the whole log: ${path})`;
}

function pidFile(node: EngineNode): string {
  return join(node.folder, 'node.pid');
}

/** When a process started, in ticks since the machine did; undefined when there is none, or it has ended and waits for its parent. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
