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

/** Calls `work` for 0 … count − 1, several at a time. */
export async function inParallel(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let index = 0;
  const worker = async () => {
    while (index < count) await work(index++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
