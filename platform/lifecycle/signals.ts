import type { Clock } from '#platform/clock/clock.ts';

/** What this needs of `process`. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
}

const SIGNAL_NUMBER = { SIGINT: 2, SIGTERM: 15 } as const;

/** One Ctrl-C reaches this process more than once: from the terminal, from npm and from the launcher, which both pass it on. */
const ECHO_MS = 1_000;

/**
 * Stops cleanly at the first SIGINT or SIGTERM and exits with 0, or with 1 if stopping fails; a second one, more than a second later, exits at once.
 * Returns a function that takes the handlers away.
 */
export function stopOnSignals(
  source: SignalSource,
  clock: Clock,
  stop: (signal: string) => Promise<void>,
  onFailure: (error: unknown) => void,
): () => void {
  let stoppingSinceMs: number | undefined;
  const handler = (signal: 'SIGINT' | 'SIGTERM') => () => {
    if (stoppingSinceMs !== undefined) {
      if (clock.monotonic() - stoppingSinceMs > ECHO_MS) source.exit(128 + SIGNAL_NUMBER[signal]);
      return;
    }
    stoppingSinceMs = clock.monotonic();
    stop(signal).then(
      () => source.exit(0),
      (error) => {
        onFailure(error);
        source.exit(1);
      },
    );
  };
  const onInterrupt = handler('SIGINT');
  const onTerminate = handler('SIGTERM');
  source.on('SIGINT', onInterrupt);
  source.on('SIGTERM', onTerminate);
  return () => {
    source.off('SIGINT', onInterrupt);
    source.off('SIGTERM', onTerminate);
  };
}
