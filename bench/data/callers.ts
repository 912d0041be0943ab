import { setTimeout as pause } from 'node:timers/promises';
import type { CallContext } from '#platform/calls/context.ts';

const DAY_MS = 24 * 3_600_000;

/** A call on behalf of a person, as the gateway would make it. Generating takes long, so the deadline is far. */
export function asPerson(accountId: string): CallContext {
  return {
    caller: { kind: 'account', accountId, sessionId: accountId, role: 'user', scopes: ['read', 'write', 'follow'] },
    deadlineMs: Date.now() + DAY_MS,
    requestId: 'bench',
  };
}

export function asNobody(): CallContext {
  return { caller: { kind: 'anonymous' }, deadlineMs: Date.now() + DAY_MS, requestId: 'bench' };
}

/** How often work is done again that a busy server did not answer in time. */
const MAX_TRIES = 10;
const BUSY = new Set(['timeout', 'unavailable']);

/** Calls `work` for 0 … count − 1, several at a time. What was not answered in time may have been done, and is done again: it has to bear that. */
export async function inParallel(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let index = 0;
  const worker = async () => {
    while (index < count) await patiently(index++, work);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

async function patiently(index: number, work: (index: number) => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work(index);
    } catch (error) {
      if (tries === MAX_TRIES || !BUSY.has((error as { code?: string }).code ?? '')) throw error;
      await pause(tries * 100);
    }
  }
}
