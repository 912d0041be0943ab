import type { Clock } from '#platform/clock/clock.ts';
import type { IdGenerator } from '#platform/ids/ids.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import { freshIds } from '../parts.ts';
import { BACKGROUND_BATCH, sweepMutes } from '../scripts/background.ts';
import { recountSome } from './recount.ts';

const SWEEP_EVERY_MS = 60_000;

export interface Sweeper {
  /** Resolves when everything that is due by the clock is done. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

interface SweeperParts {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly log: Logger;
  /** Called after a sweep that told events. */
  readonly told: () => void;
}

/** Once a minute: removes mutes whose time is over, and counts some accounts afresh. */
export function startSweeper(parts: SweeperParts): Sweeper {
  const { relational, clock, ids, log } = parts;
  const stop = new AbortController();
  let recountedTo = '';
  let running: Promise<void> = Promise.resolve();
  let dueMs = clock.monotonic() + SWEEP_EVERY_MS;

  const sweepOnce = async () => {
    try {
      await endMutes();
      recountedTo = await recountSome(relational, recountedTo, stop.signal);
    } catch (error) {
      log.warn({ err: error }, 'user: a sweep failed; the next one goes on');
    }
  };
  const endMutes = async () => {
    const idCount = BACKGROUND_BATCH;
    while (
      !stop.signal.aborted &&
      (await relational.run(sweepMutes, { nowMs: clock.now(), ids: freshIds(ids, idCount) }))
    ) {
      parts.told();
    }
    parts.told();
  };
  const sweepIfDue = () => {
    if (clock.monotonic() < dueMs) return running;
    dueMs = clock.monotonic() + SWEEP_EVERY_MS;
    running = running.then(sweepOnce);
    return running;
  };
  const rounds = (async () => {
    while (!stop.signal.aborted) {
      await clock.wait(SWEEP_EVERY_MS, stop.signal);
      if (!stop.signal.aborted) await sweepIfDue();
    }
  })();

  return {
    drain: sweepIfDue,
    async stop() {
      stop.abort();
      await rounds;
      await running;
    },
  };
}
