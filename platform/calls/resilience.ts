import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
} from 'cockatiel';
import { PlazaError } from '#platform/errors/errors.ts';
import { NotStarted, unavailable } from './failures.ts';

export interface ResilienceOptions {
  /** The last so many calls decide about the circuit. */
  readonly windowCalls: number;
  /** Below so many calls nothing is decided. */
  readonly minimumCalls: number;
  /** The share of failed calls (0 to 1) at which the circuit opens: a share, so that one caller's poisonous input cannot shut everyone out. */
  readonly failureShare: number;
  /** How long an open circuit refuses before it lets one call try. */
  readonly openMs: number;
  readonly maxRetries: number;
  readonly firstRetryMs: number;
  readonly maxRetryMs: number;
  /** Calls under way at once, and calls that wait for their turn; more are refused. */
  readonly maxConcurrent: number;
  readonly maxQueued: number;
}

export const DEFAULT_RESILIENCE: ResilienceOptions = {
  windowCalls: 50,
  minimumCalls: 10,
  failureShare: 0.5,
  openMs: 2_000,
  maxRetries: 2,
  firstRetryMs: 20,
  maxRetryMs: 200,
  maxConcurrent: 256,
  maxQueued: 1_024,
};

/** What protects a caller from one callee that is slow or down, and that callee from its callers. */
export interface Resilience {
  /**
   * Runs `attempt`, again after `unavailable` if the operation is idempotent (or the callee never began it) and `leftMs()` (the time until the deadline) allows the pause. Fails as
   * `unavailable` at once while the circuit is open or too many calls wait.
   */
  run<T>(idempotent: boolean, leftMs: () => number, attempt: () => Promise<T>): Promise<T>;
  readonly open: boolean;
}

/** Carries a failure that may be tried again through the retry policy, which knows nothing of deadlines. */
class TryAgain extends Error {
  readonly failure: PlazaError;
  constructor(failure: PlazaError) {
    super(failure.message);
    this.failure = failure;
  }
}

export function createResilience(callee: string, overrides: Partial<ResilienceOptions> = {}): Resilience {
  const options = { ...DEFAULT_RESILIENCE, ...overrides };
  const breaker = circuitBreaker(handleWhen(isCalleeFault), {
    halfOpenAfter: options.openMs,
    breaker: new CountBreaker({
      threshold: options.failureShare,
      size: options.windowCalls,
      minimumNumberOfCalls: options.minimumCalls,
    }),
  });
  const repeated = retry(
    handleWhen((error) => error instanceof TryAgain),
    {
      maxAttempts: options.maxRetries,
      backoff: new ExponentialBackoff({ initialDelay: options.firstRetryMs, maxDelay: options.maxRetryMs }),
    },
  );
  const places = bulkhead(options.maxConcurrent, options.maxQueued);

  return {
    get open() {
      return breaker.state === CircuitState.Open;
    },
    async run(idempotent, leftMs, attempt) {
      const tryOnce = async () => {
        try {
          return await breaker.execute(attempt);
        } catch (error) {
          const repeatable = error instanceof NotStarted || (idempotent && isUnavailable(error));
          const again = repeatable && leftMs() > options.maxRetryMs;
          throw again ? new TryAgain(error) : error;
        }
      };
      try {
        return await places.execute(() => repeated.execute(tryOnce));
      } catch (error) {
        throw outcomeOf(error, callee);
      }
    },
  };
}

/** The callee is in trouble, as opposed to: it has well understood a request and refused it. */
function isCalleeFault(error: unknown): boolean {
  return !(error instanceof PlazaError) || error.status >= 500;
}

function isUnavailable(error: unknown): error is PlazaError {
  return error instanceof PlazaError && error.code === 'unavailable';
}

function outcomeOf(error: unknown, callee: string): unknown {
  if (error instanceof TryAgain) return error.failure;
  if (error instanceof BrokenCircuitError) return unavailable(`${callee} fails; it is tried again shortly`);
  if (error instanceof BulkheadRejectedError) return unavailable(`too many calls wait for ${callee}`);
  return error;
}
