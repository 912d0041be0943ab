/**
 * Background work that runs when it is woken and rests when nothing is left. `step` says whether there may be more to do; it handles
 * its own failures.
 */
export class Looper {
  readonly #step: (signal: AbortSignal) => Promise<boolean>;
  readonly #stop = new AbortController();
  #woken = false;
  #started = false;
  #run: Promise<void> | undefined;
  #stepped = Promise.withResolvers<void>();

  constructor(step: (signal: AbortSignal) => Promise<boolean>) {
    this.#step = step;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  start(): void {
    this.#started = true;
    this.wake();
  }

  wake(): void {
    this.#woken = true;
    if (this.#run !== undefined || !this.#started || this.signal.aborted) return;
    this.#run = this.#work().finally(() => {
      this.#run = undefined;
      if (this.#woken) this.wake();
    });
  }

  /** Resolves when it rests, or after a step that was enough: whoever is woken more often than a step takes never rests. */
  async rest(isEnough: () => boolean = () => false): Promise<void> {
    while (this.#run !== undefined && !isEnough()) await Promise.race([this.#run, this.#stepped.promise]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#run;
  }

  async #work(): Promise<void> {
    while (this.#woken && !this.signal.aborted) {
      this.#woken = false;
      if (await this.#step(this.signal)) this.#woken = true;
      this.#stepped.resolve();
      this.#stepped = Promise.withResolvers();
    }
  }
}
