import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineNode } from '#engines/engine.ts';

const POLL_MS = 20;
const GONE_MS = 30_000;

/** Every process of a node: the server's first one and those that serve its clients. Each works in the folder of the data. */
export function postgresProcesses({ folder }: Pick<EngineNode, 'folder'>): number[] {
  const data = join(folder, 'data');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === data)
    .map(Number);
}

/** Stops every process of a node where it stands, or lets all go on: to its clients it is as if the machine were gone. */
export function freezePostgres(node: EngineNode, signal: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of postgresProcesses(node)) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // One that served a client may have ended meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/**
 * Waits until what a killed server left behind has ended: a new one refuses the data before.
 * @throws Error when it does not end within half a minute
 */
export async function untilGone(node: Pick<EngineNode, 'folder'>): Promise<void> {
  const deadline = performance.now() + GONE_MS;
  while (postgresProcesses(node).length > 0) {
    if (performance.now() > deadline) {
      throw new Error(`Processes ${postgresProcesses(node).join(', ')} still work on ${node.folder}: end them first.`);
    }
    await pause(POLL_MS);
  }
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
