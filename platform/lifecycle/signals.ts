import type { Clock } from '#platform/clock/clock.ts';

/** `disconnect`: the launcher, whose child this process may be, is gone. */
type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'disconnect';

/** What this needs of `process`. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
  exit(code: number): void;
}

const EXIT_CODE: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, disconnect: 1 };

/** One Ctrl-C reaches this process more than once: from the terminal, from npm and from the launcher, which both pass it on. */
const ECHO_MS = 1_000;

/**
 * Stops cleanly at the first SIGINT, SIGTERM or SIGHUP, or when the launcher is gone, and exits with 0, or with 1 if stopping fails; a second signal, more than a
 * second later, exits at once. Returns a function that takes the handlers away.
 */
export function stopOnSignals(
  source: SignalSource,
  clock: Clock,
  stop: (signal: string) => Promise<void>,
  onFailure: (error: unknown) => void,
): () => void {
  let stoppingSinceMs: number | undefined;
  const hear = (signal: StopSignal) => {
    if (stoppingSinceMs !== undefined) {
      if (clock.monotonic() - stoppingSinceMs > ECHO_MS) source.exit(EXIT_CODE[signal]);
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
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const).map(
    (signal) => [signal, () => hear(signal)] as const,
  );
  for (const [signal, handler] of handlers) source.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) source.off(signal, handler);
  };
}
