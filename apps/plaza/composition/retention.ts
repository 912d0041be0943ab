import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { SqliteEventBus } from '#ports/event-bus/sqlite/event-bus.ts';

const HOUR_MS = 3_600_000;
/** Handled events are kept this long, for whoever wants to look. */
const KEEP_MS = 7 * 24 * HOUR_MS;
/** A consumer that is behind by more than this has lost its place: its rows are made anew rather than caught up. */
const CAP_MS = 30 * 24 * HOUR_MS;

/** Trims the log every hour, so that it does not grow for ever. */
export function startRetention(bus: SqliteEventBus, clock: Clock, log: Logger) {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await clock.wait(HOUR_MS, stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        const deleted = await bus.trim(clock.now() - KEEP_MS, clock.now() - CAP_MS);
        if (deleted > 0) log.info({ deleted }, 'old events are gone');
      } catch (error) {
        log.error({ err: error }, 'old events could not be trimmed');
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
