import type { Metrics } from '#platform/telemetry/metrics.ts';

export interface Backlog {
  /** Events written and not yet published, whoever is to publish them: processes that share an outbox say the same. NaN when the store cannot say. */
  readonly count: number;
  /** Age of the oldest of them. NaN when the store cannot say. */
  readonly oldestMs: number;
}

/** Carries events from an outbox to the bus. It does nothing before `start`. */
export interface Relay {
  start(): Promise<void>;
  /** There is something new. Cheap, and safe to call at any time. */
  wake(): void;
  /** Resolves when everything whose write was acknowledged before the call is published, by whoever leads: also what a process left behind that died. */
  drain(): Promise<void>;
  /** Finishes the page in hand. What is left stays in the outbox. */
  stop(): Promise<void>;
  backlog(): Promise<Backlog>;
}

/** Shows each service's backlog. Call it once in a process. */
export function observeRelays(metrics: Metrics, relays: ReadonlyMap<string, Relay>): void {
  const ask = async () => {
    const backlogs: [string, Backlog][] = [];
    for (const [service, relay] of relays) backlogs.push([service, await relay.backlog()]);
    return backlogs;
  };
  let asking: Promise<[string, Backlog][]> | undefined;
  /** Asked once, for both metrics and for everybody who looks meanwhile. */
  const all = () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  metrics.gauge('plaza_outbox_pending', 'Events that wait to be published.', ['service'], async (gauge) => {
    for (const [service, backlog] of await all()) gauge.set({ service }, backlog.count);
  });
  metrics.gauge('plaza_outbox_oldest_seconds', 'Age of the oldest event that waits.', ['service'], async (gauge) => {
    for (const [service, backlog] of await all()) gauge.set({ service }, backlog.oldestMs / 1_000);
  });
}
