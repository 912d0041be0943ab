import type { Engine, EngineNode } from '#engines/engine.ts';
import { runningPid, signalNode, startNode, stopNode } from '#engines/node-process.ts';
import { freezePostgres, untilGone } from '#engines/postgres/processes.ts';
import type { Fault } from './fault.ts';

/** Starts of a process that ends while it starts. */
const MAX_STARTS = 5;

/** A process, and the engine to which it belongs, if it is none of Plaza's own. */
export interface Victim {
  readonly node: EngineNode;
  readonly engine?: Engine;
}

/** Ends it without a word, and starts it again after a while, as a supervisor would. */
export function kill(victims: readonly Victim[], name: string, holdMs: number): Fault {
  return {
    name: `kill ${name}`,
    holdMs,
    strike: async () => each(victims, ({ node }) => void signalNode(node, 'SIGKILL')),
    mend: () => each(victims, startAgain),
  };
}

/** Leaves it as it is, and gives it no time: to others it is as if the network had swallowed it. */
export function pause(victim: Victim, name: string, holdMs: number): Fault {
  const send = async (signal: 'SIGSTOP' | 'SIGCONT') => {
    // A server of PostgreSQL is many processes.
    if (victim.engine?.name === 'postgres') freezePostgres(victim.node, signal);
    else signalNode(victim.node, signal);
  };
  return { name: `pause ${name}`, holdMs, strike: () => send('SIGSTOP'), mend: () => send('SIGCONT') };
}

/** Asks it to end, and starts it again after a while. */
export function stop(victims: readonly Victim[], name: string, holdMs: number): Fault {
  return {
    name: `stop ${name}`,
    holdMs,
    strike: () => each(victims, ({ node }) => stopNode(node)),
    mend: () => each(victims, startAgain),
  };
}

async function each(victims: readonly Victim[], work: (victim: Victim) => void | Promise<void>): Promise<void> {
  await Promise.all(victims.map(work));
}

async function startAgain({ node, engine }: Victim): Promise<void> {
  if (engine?.name === 'postgres') await untilGone(node);
  await supervise(node);
  await engine?.join?.();
}

/** A process whose database or broker answers too late at its start ends with a reason, and a supervisor starts it again. */
async function supervise(node: EngineNode): Promise<void> {
  for (let starts = 1; ; starts++) {
    try {
      return await startNode(node);
    } catch (error) {
      if (starts === MAX_STARTS || runningPid(node) !== undefined) throw error;
    }
  }
}
