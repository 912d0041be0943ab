import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import { acquireWorker, LEASE_MIGRATIONS, renewal } from './lease-script.ts';

/** How long a lease lasts after its last renewal. */
export const LEASE_MS = 10 * 60_000;
const RENEW_EVERY_MS = 60_000;
const RETRY_MS = 5_000;
/** The holder stops this long before its lease ends: the renewal's answer, and the id that is being made, take time. */
const MARGIN_MS = 5_000;
/** A number rests this long after its lease. Ids may run ten seconds ahead of the clock, and the clocks of two machines differ. */
export const REST_MS = 60_000;

export interface WorkerLease {
  /** 0 to 1023; nobody else has it while {@link mayIssue} says yes. */
  readonly worker: number;
  /**
   * Whether an id may be made now. It looks at both clocks: monotonic time does not pass while a machine sleeps, wall time may be set. After an interruption it says no
   * until the lease is renewed, and for ever when somebody else has taken the number.
   */
  readonly mayIssue: () => boolean;
  /** Renews now if the lease has run out (a test has moved the clock). */
  settle(): Promise<void>;
  /** Stops renewing and gives the number back. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

/**
 * Leases a worker number for this process. Two processes with one number would give the same id twice, and in CQL a second insert silently replaces the first.
 * @throws PlazaError `unavailable` when all 1,024 numbers are leased
 */
export async function leaseWorker(options: LeaseOptions): Promise<WorkerLease> {
  const { relational, clock, random } = options;
  await relational.migrate('ids', LEASE_MIGRATIONS);
  const holder = randomToken(random);
  const startedMs = clock.monotonic();
  const nowMs = clock.now();
  const args = { holder, expiresMs: nowMs + LEASE_MS, freeBeforeMs: nowMs - REST_MS };
  const worker = await relational.run(acquireWorker, args);
  return new Lease(worker, holder, options, { untilMs: startedMs + LEASE_MS, expiresMs: args.expiresMs });
}

/** The end of a lease, by the monotonic and by the wall clock. */
interface LeaseEnd {
  readonly untilMs: number;
  readonly expiresMs: number;
}

class Lease implements WorkerLease {
  readonly worker: number;
  readonly #holder: string;
  readonly #options: LeaseOptions;
  readonly #stopping = new AbortController();
  readonly #renewing: Promise<void>;
  #end: LeaseEnd;
  #renewal: Promise<boolean> | undefined;
  #lost = false;

  constructor(worker: number, holder: string, options: LeaseOptions, end: LeaseEnd) {
    this.worker = worker;
    this.#holder = holder;
    this.#options = options;
    this.#end = end;
    this.#renewing = this.#keepRenewing();
  }

  readonly mayIssue = (): boolean => {
    const { clock } = this.#options;
    const valid =
      !this.#lost &&
      !this.#stopping.signal.aborted &&
      clock.monotonic() < this.#end.untilMs - MARGIN_MS &&
      clock.now() < this.#end.expiresMs - MARGIN_MS;
    if (!valid) void this.#renew();
    return valid;
  };

  async settle(): Promise<void> {
    if (!this.mayIssue()) await this.#renew();
  }

  async release(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    await this.#renewing;
    await this.#renewal;
    if (this.#lost) return;
    const { relational, clock, log } = this.#options;
    try {
      await relational.batch([{ query: renewal(this.worker, this.#holder, clock.now()) }]);
    } catch (error) {
      log.warn(
        { err: error, worker: this.worker },
        'the worker number could not be given back; its lease will run out',
      );
    }
  }

  async #keepRenewing(): Promise<void> {
    const { signal } = this.#stopping;
    let pauseMs = RENEW_EVERY_MS;
    while (!this.#lost) {
      await this.#options.clock.wait(pauseMs, signal);
      if (signal.aborted) return;
      pauseMs = (await this.#renew()) ? RENEW_EVERY_MS : RETRY_MS;
    }
  }

  /** One renewal at a time. Resolves to whether it worked; never rejects. */
  #renew(): Promise<boolean> {
    if (this.#lost || this.#stopping.signal.aborted) return Promise.resolve(false);
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(): Promise<boolean> {
    const { relational, clock, log } = this.#options;
    const end = { untilMs: clock.monotonic() + LEASE_MS, expiresMs: clock.now() + LEASE_MS };
    try {
      const [outcome] = await relational.batch([{ query: renewal(this.worker, this.#holder, end.expiresMs) }]);
      if (outcome?.changed === 1) {
        this.#end = end;
        return true;
      }
    } catch (error) {
      log.warn({ err: error, worker: this.worker }, 'the lease of the worker number could not be renewed');
      return false;
    }
    this.#lost = true;
    log.error(
      { worker: this.worker },
      'the worker number was taken over: this process makes no more ids and must be restarted',
    );
    return false;
  }
}
