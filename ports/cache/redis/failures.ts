import { setImmediate as turn } from 'node:timers/promises';
import { ErrorReply } from 'redis';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';

/** Answers by which a server says that it cannot serve now, as opposed to: that the command is wrong. */
const CANNOT_SERVE =
  /^(ASK|BUSY|CLUSTERDOWN|LOADING|MASTERDOWN|MISCONF|MOVED|NOAUTH|NOPERM|NOREPLICAS|OOM|READONLY|TRYAGAIN|WRONGPASS)\b/;

/** Whether a command failed because the server is away: everything but a server's answer that the command is wrong. */
export function isAway(error: unknown): boolean {
  return !(error instanceof ErrorReply) || CANNOT_SERVE.test(error.message);
}

/** What `call` gives, or `timeout` when that takes longer than `ms`. */
export async function within<R>(clock: Clock, ms: number, call: Promise<R>): Promise<R> {
  const done = new AbortController();
  const late = clock.wait(ms, done.signal).then(async () => {
    // Where this process was busy, the answer may be here and unread: timers come before the network.
    await turn();
    await turn();
    if (!done.signal.aborted) throw new PlazaError('timeout', `No answer within ${ms} ms`);
    return undefined as never;
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    done.abort();
  }
}
