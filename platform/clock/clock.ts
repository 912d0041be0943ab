/** Time as the product sees it. Nothing else reads the machine's clock, so that a test can own time. */
export interface Clock {
  /** Wall time in milliseconds since the Unix epoch. May step when the machine's clock is set. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back. */
  monotonic(): number;
  /** Resolves after `ms` of this clock's time, or at once when `signal` aborts (it does not reject). */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}
