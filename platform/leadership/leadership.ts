import type { Clock } from '#platform/clock/clock.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import { claimLeadership, LEADERSHIP_MIGRATIONS, resignation } from './script.ts';

/** How long nobody leads after a leader died. */
export const LEASE_MS = 10_000;
const CLAIM_EVERY_MS = 2_500;
/** A leader stops this long before its lease ends: clocks of two machines differ, and what it does takes time. */
const MARGIN_MS = 3_000;

/** Of all processes that do the same work, the one that may do it now. */
export interface Leadership {
  /** Cheap; ask again before each step. */
  leads(): boolean;
  /** Gives the lease back, so that another process leads within seconds. */
  stop(): Promise<void>;
}

/** For a process that has its data to itself. */
export const soleProcess: Leadership = { leads: () => true, stop: async () => {} };

export interface LeadershipOptions {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** What is led: `relay.user`. */
  readonly name: string;
  /** Called when this process begins to lead. */
  readonly gained: () => void;
}

/**
 * Stands for election to lead `name`, for as long as the process runs. The lease is a row of the relational store. A leader that was interrupted (a
 * stopped machine) notices by the monotonic clock that its lease is over; one step that it had begun may then overlap with its successor's, so what is led
 * must bear to be done twice.
 */
export async function standForElection(options: LeadershipOptions): Promise<Leadership> {
  const { relational, clock, random, log, name } = options;
  await relational.migrate('leadership', LEADERSHIP_MIGRATIONS);
  const holder = randomToken(random);
  const stopping = new AbortController();
  let untilMs = Number.NEGATIVE_INFINITY;
  const leads = () => !stopping.signal.aborted && clock.monotonic() < untilMs - MARGIN_MS;

  const claim = async () => {
    const before = leads();
    const startedMs = clock.monotonic();
    const nowMs = clock.now();
    try {
      const mine = await relational.run(claimLeadership, { name, holder, nowMs, expiresMs: nowMs + LEASE_MS });
      untilMs = mine ? startedMs + LEASE_MS : Number.NEGATIVE_INFINITY;
    } catch (error) {
      log.warn({ err: error, name }, 'the lease of a leader could not be asked for; trying again');
    }
    if (!before && leads()) options.gained();
  };
  await claim();
  const claiming = (async () => {
    for (;;) {
      await clock.wait(CLAIM_EVERY_MS, stopping.signal);
      if (stopping.signal.aborted) return;
      await claim();
    }
  })();

  return {
    leads,
    async stop() {
      if (stopping.signal.aborted) return;
      stopping.abort();
      await claiming;
      await relational.batch([{ query: resignation(name, holder) }]).catch((error) => {
        log.warn({ err: error, name }, 'a lease could not be given back; it will run out');
      });
    },
  };
}
