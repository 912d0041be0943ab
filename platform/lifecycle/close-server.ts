import type { Server } from 'node:http';
import type { Clock } from '#platform/clock/clock.ts';

/** How soon a connection is let go whose last request is answered while the server closes. */
const LET_GO_MS = 50;

/**
 * Closes a server that its clients keep connections to: those that are busy when closing begins become idle later, and would stay open for as long as their clients
 * like. They are let go as soon as they are idle.
 */
export async function closeServer(
  server: { readonly server: Server; close(): PromiseLike<unknown> },
  clock: Clock,
): Promise<void> {
  const closed = new AbortController();
  const lettingGo = (async () => {
    while (!closed.signal.aborted) {
      server.server.closeIdleConnections();
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
