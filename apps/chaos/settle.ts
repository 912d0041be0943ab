import type { Clock } from '#platform/clock/clock.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Remote } from '../plaza/operator/open-remote.ts';

const LOOK_EVERY_MS = 100;
/** Beyond it, something hangs. */
const SETTLE_MS = 240_000;
/** Then it is asked anew: a question to a broker that died meanwhile may never be answered. */
const ASK_MS = 30_000;
const PENDING = /^plaza_outbox_pending\{[^}]*\} (\S+)$/gm;
const LAG = /^plaza_event_lag\{group="([^"]*)"\} ([0-9.e+]+)$/gm;

/**
 * Resolves when every event that was written has been published and handled by everyone.
 * @throws Error when that takes longer than four minutes, with what waits
 */
export async function settle(cluster: Cluster, remote: Remote, clock: Clock): Promise<void> {
  const deadline = clock.monotonic() + SETTLE_MS;
  let waits = 'nothing was asked yet';
  for (; clock.monotonic() < deadline; await clock.wait(LOOK_EVERY_MS)) {
    try {
      const pending = await outboxes(cluster);
      waits = `${pending} events in outboxes`;
      // What a store cannot say is not a number.
      if (pending !== 0) continue;
      const handled = await Promise.race([remote.operator.drain().then(() => true), left(clock, deadline)]);
      waits = handled ? 'what was handled last wrote events' : await whoLags(cluster);
      // What was handled last may have written events of its own.
      if (handled && (await outboxes(cluster)) === 0) return;
    } catch (error) {
      waits = String(error);
    }
  }
  throw new Error(`Events are not caught up with after ${SETTLE_MS / 1_000} s: ${waits}.`);
}

async function left(clock: Clock, deadline: number): Promise<false> {
  await clock.wait(Math.min(ASK_MS, Math.max(0, deadline - clock.monotonic())));
  return false;
}

async function outboxes(cluster: Cluster): Promise<number> {
  const pages = await metricsOf(cluster);
  return pages
    .flatMap((page) => [...page.matchAll(PENDING)])
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);
}

/** Every process tells of all groups. */
async function whoLags(cluster: Cluster): Promise<string> {
  const [page = ''] = await metricsOf(cluster);
  const lagging = [...page.matchAll(LAG)].filter(([, , count]) => Number(count) > 0);
  if (lagging.length === 0) return 'all events are handled, and a process does not come to an end with its work';
  return `events are published and not handled by ${lagging.map(([, group, count]) => `${group} (${count})`).join(', ')}`;
}

function metricsOf({ layout }: Cluster): Promise<string[]> {
  return Promise.all(
    layout.services.map(async ({ metricsPort }) => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()),
  );
}
