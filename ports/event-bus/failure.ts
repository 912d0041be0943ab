import { PlazaError } from '#platform/errors/errors.ts';

/** Failures of the network, by Node's codes: the other side is away, not wrong. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
]);

const MAX_CAUSES = 5;

/**
 * Whether a handler failed because something it needs is away. Such an event is not poison: putting it aside would lose work that
 * succeeds once the dependency is back.
 */
export function dependencyIsDown(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
    if (current instanceof PlazaError && (current.code === 'unavailable' || current.code === 'timeout')) return true;
    if (current.name === 'WriteTimeout' || current.name === 'BrokenCircuitError') return true;
    if ('code' in current && NETWORK_CODES.has(String(current.code))) return true;
    current = current.cause;
  }
  return false;
}

/** What is kept of an error beside a dead letter: enough to find the cause, bounded. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return text.slice(0, 2_000);
}
