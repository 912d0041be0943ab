import { type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { RedisAddress, TlsFiles } from './address.ts';
import { type Cluster, type NodeAddress, newCluster } from './cluster.ts';
import { isAway, within } from './failures.ts';
import { slotOf } from './slots.ts';

/** Longer than any command takes, shorter than a person notices. */
const CALL_MS = 500;
const OPEN_MS = 3_000;
const PING_MS = 1_000;
const CHECK_MS = 1_000;
/** Between two tries, however often somebody asks for one. */
const PAUSE_MS = 200;
/** So many failures in a row at one node, and it is left alone for a while: a paused node does not hold up each request. */
const FAILURES_TO_OPEN = 5;
const LEFT_ALONE_MS = 1_000;

/**
 * Keeps a client of the cluster that works. It asks every master each second, and earlier when a command failed; when one does not answer, it finds out
 * anew who serves which slot. The library follows `MOVED` by itself, but waits for as long as it takes for a master that is paused or cut off.
 */
export class Link {
  readonly #address: RedisAddress;
  readonly #tls: TlsFiles;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #closing = new AbortController();
  #cluster: Cluster | undefined;
  #breakers = new Map<string, CircuitBreakerPolicy>();
  #known: readonly NodeAddress[] = [];
  #whole = false;
  #lastProblem: string | undefined;
  #wake = Promise.withResolvers<void>();
  #keeping: Promise<void> | undefined;
  readonly #onCheck: () => void;

  constructor(address: RedisAddress, tools: { tls: TlsFiles; clock: Clock; log: Logger; onCheck: () => void }) {
    this.#address = address;
    this.#tls = tools.tls;
    this.#clock = tools.clock;
    this.#log = tools.log;
    this.#onCheck = tools.onCheck;
  }

  /** Whether every master answered when they were last asked. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Connects, or gives up for now after some seconds and goes on trying. Never fails. */
  async start(): Promise<void> {
    await this.#renew();
    this.#keeping = this.#keep();
  }

  /** Who serves a key now, as `host:port`; undefined when nobody is known to. */
  masterOf(key: string): string | undefined {
    return this.#cluster?.slots[slotOf(key)]?.master.address;
  }

  /**
   * Runs a command on one key.
   * @throws PlazaError `unavailable`, within half a second, when its master does not answer
   */
  async run<R>(key: string, command: (cluster: Cluster) => Promise<R>): Promise<R> {
    const cluster = this.#cluster;
    if (this.#closing.signal.aborted) throw new PlazaError('unavailable', 'The cache is closed');
    if (cluster === undefined) throw away(undefined);
    try {
      return await this.#breakerOf(this.masterOf(key) ?? '').execute(() =>
        within(this.#clock, CALL_MS, command(cluster)),
      );
    } catch (error) {
      if (!isAway(error)) throw error;
      this.check();
      throw away(error);
    }
  }

  /** Looks at every master soon. */
  check(): void {
    this.#wake.resolve();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#keeping;
    this.#cluster?.destroy();
    this.#cluster = undefined;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const waiting = new AbortController();
      await Promise.race([this.#clock.wait(CHECK_MS, AbortSignal.any([signal, waiting.signal])), this.#wake.promise]);
      waiting.abort();
      await this.#clock.wait(PAUSE_MS, signal);
      if (signal.aborted) return;
      this.#wake = Promise.withResolvers();
      if (!(await this.#answers())) await this.#renew();
      this.#onCheck();
    }
  }

  async #answers(): Promise<boolean> {
    const cluster = this.#cluster;
    if (cluster === undefined || cluster.masters.length === 0) return false;
    const pings = cluster.masters.map(async (node) => {
      const ping = Promise.resolve(cluster.nodeClient(node)).then((client) => client.ping());
      await within(this.#clock, PING_MS, ping);
    });
    const failed = (await Promise.allSettled(pings)).find((outcome) => outcome.status === 'rejected');
    this.#note(failed?.reason);
    return failed === undefined;
  }

  /** Asks the nodes that it knows who serves what, and works with that from now on. Without an answer it keeps what it has. */
  async #renew(): Promise<void> {
    const roots = [...this.#address.nodes, ...this.#known];
    const cluster = newCluster(this.#address, this.#tls, roots);
    let problem: unknown;
    cluster.on('error', (error) => {
      problem = error;
    });
    try {
      await within(this.#clock, OPEN_MS, cluster.connect());
    } catch (error) {
      cluster.destroy();
      this.#note(problem ?? error);
      return;
    }
    const old = this.#cluster;
    this.#cluster = cluster;
    this.#breakers = new Map();
    this.#known = cluster.masters.map(({ host, port }) => ({ host, port }));
    if (old !== undefined) void this.#retire(old);
    await this.#answers();
  }

  /** Lets commands under way end. */
  async #retire(cluster: Cluster): Promise<void> {
    await this.#clock.wait(CALL_MS, this.#closing.signal);
    cluster.destroy();
  }

  #breakerOf(node: string): CircuitBreakerPolicy {
    let breaker = this.#breakers.get(node);
    if (breaker === undefined) {
      breaker = circuitBreaker(handleWhen(isAway), {
        halfOpenAfter: LEFT_ALONE_MS,
        breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
      });
      this.#breakers.set(node, breaker);
    }
    return breaker;
  }

  /** Says each change once, by the error's words only: errors of clients may carry their options, and those the password. */
  #note(error: unknown): void {
    this.#whole = error === undefined;
    const problem = error === undefined ? undefined : error instanceof Error ? error.message : String(error);
    if (problem === this.#lastProblem) return;
    this.#lastProblem = problem;
    if (problem === undefined) this.#log.info('the cache answers again');
    else this.#log.warn({ reason: problem }, 'the cache is away, in part or whole: everything goes on without it');
  }
}

function away(cause: unknown): PlazaError {
  return new PlazaError('unavailable', 'The cache is away', { cause });
}
