import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { ClaimCheck } from './claim-check.ts';
import type { LooseFiles } from './loose-files.ts';
import type { Orphans } from './orphans.ts';
import { sweepUnused } from './scripts/let-go.ts';
import { SWEEP_EVERY_MS } from './times.ts';

const BATCH = 100;

export interface SweeperTools {
  readonly clock: Clock;
  readonly log: Logger;
  readonly relational: Relational;
  readonly loose: LooseFiles;
  readonly claims: ClaimCheck;
  readonly orphans: Orphans;
}

/** Removes what nobody uses: claims of posts that were never written, media that no post took, files that no media own, uploads that nobody took over. */
export class MediaSweeper {
  readonly #tools: SweeperTools;
  readonly #stop = new AbortController();
  #rounds: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(tools: SweeperTools) {
    this.#tools = tools;
  }

  start(): void {
    this.#rounds ??= this.#keepSweeping();
  }

  /** One sweep after another; each does what is due by the clock. */
  sweep(): Promise<void> {
    this.#running = this.#running.then(() => this.#sweepOnce());
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#rounds;
    await this.#running;
  }

  async #keepSweeping(): Promise<void> {
    const { signal } = this.#stop;
    // Also at the start: a process that died may have left something.
    for (;;) {
      await this.sweep();
      await this.#tools.clock.wait(SWEEP_EVERY_MS, signal);
      if (signal.aborted) return;
    }
  }

  async #sweepOnce(): Promise<void> {
    const { clock, log, relational, loose, claims, orphans } = this.#tools;
    const { signal } = this.#stop;
    try {
      await claims.check(signal);
      const nowMs = clock.now();
      const unused = { beforeMs: nowMs - LIMITS.unusedMediaMs, nowMs, limit: BATCH };
      while (!signal.aborted && (await relational.run(sweepUnused, unused)) === BATCH);
      await loose.condemnDue();
      await orphans.sweepUploads();
      await orphans.sweepMedia();
    } catch (error) {
      log.warn({ err: error }, 'a sweep of media failed; the next one goes on');
    }
  }
}
