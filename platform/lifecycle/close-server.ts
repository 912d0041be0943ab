import type { Server } from 'node:http';
import type { Clock } from '#platform/clock/clock.ts';

/** How soon a connection is let go whose last request is answered while the server closes. */
const LET_GO_MS = 50;
/** How long requests under way may take to end: less than whoever stops processes waits before killing them (systemd as we say 60 s, Kubernetes 30 s). */
const PATIENCE_MS = 20_000;

/**
 * Closes a server that its clients keep connections to: those that are busy when closing begins become idle later, and would stay open for as long as their clients
 * like. They are let go as soon as they are idle. A request that does not end, such as an upload whose sender fell silent, is cut off in the end.
 */
export async function closeServer(
  server: { readonly server: Server; close(): PromiseLike<unknown> },
  clock: Clock,
): Promise<void> {
  const closed = new AbortController();
  const startedMs = clock.monotonic();
  const lettingGo = (async () => {
    while (!closed.signal.aborted) {
      if (clock.monotonic() - startedMs < PATIENCE_MS) server.server.closeIdleConnections();
      else server.server.closeAllConnections();
      await clock.wait(LET_GO_MS, closed.signal);
    }
  })();
  try {
    await server.close();
  } finally {
    closed.abort();
    await lettingGo;
  }
}
