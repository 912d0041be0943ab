import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import { isUnderWay, type MigrationState, type Phase } from './phases.ts';
import { allStates, enrol, farewell, MIGRATION_TABLES, renew, stateOf } from './script.ts';

export interface WatchTimes {
  /** How often a process looks whether a migration has taken a step. */
  readonly lookEveryMs: number;
  /** While nothing is migrated, the relational store may be away for this long before tables that could be migrated are refused. */
  readonly restLeaseMs: number;
  /** While something is: whoever takes a step waits this long for a process that died. */
  readonly busyLeaseMs: number;
}

export const WATCH_TIMES: WatchTimes = { lookEveryMs: 2_000, restLeaseMs: 10 * 60_000, busyLeaseMs: 30_000 };
const RENEWALS_PER_LEASE = 6;

export interface WatchOptions {
  readonly relational: Relational;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Migrations that this program knows. */
  readonly names: readonly string[];
  /** Whether no other process can reach the data: it then needs no lease, and looks when it is told to. */
  readonly alone: boolean;
  readonly times?: WatchTimes;
}

/** What a process knows of where migrations stand, and its word that it obeys. */
export interface MigrationWatch {
  /**
   * Does work on tables that are migrated, as the present phases say. What was begun under one phase counts as obeying it until it ends.
   * @throws PlazaError `unavailable` when this process cannot know the phase, or could not at the end of the work: what was written then may have come too late,
   *   is not acknowledged, and must be repeated
   */
  within<R>(work: (phaseOf: (name: string) => Phase) => Promise<R>): Promise<R>;
  /** Looks now, and says what is obeyed. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

export async function watchMigrations(options: WatchOptions): Promise<MigrationWatch> {
  await options.relational.migrate('wide-migration', MIGRATION_TABLES);
  const watch = new Watch(options);
  await watch.refresh();
  watch.start();
  return watch;
}

/** Phases as one look found them, and how much work began under them that has not ended. */
interface Look {
  readonly states: readonly MigrationState[];
  readonly steps: Readonly<Record<string, number>>;
  working: number;
}

type StateRows = Parameters<typeof stateOf>[1];

class Watch implements MigrationWatch {
  readonly #options: WatchOptions;
  readonly #holder: string;
  readonly #times: WatchTimes;
  readonly #stopping = new AbortController();
  #look: Look;
  /** Looks before the present one whose work has not ended. */
  readonly #unfinished = new Set<Look>();
  /** Grows when the process had been taken for dead: what began before is not acknowledged any more. */
  #life = 0;
  #isEnrolled = false;
  /** What was last said of this process. */
  #said = '';
  #end = { monotonicMs: Number.NEGATIVE_INFINITY, wallMs: Number.NEGATIVE_INFINITY };
  #renewAtMs = Number.NEGATIVE_INFINITY;
  #renewal: Promise<void> | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#times = options.times ?? WATCH_TIMES;
    this.#holder = randomToken(options.random);
    this.#look = lookOf(options.names, []);
  }

  async within<R>(work: (phaseOf: (name: string) => Phase) => Promise<R>): Promise<R> {
    if (!this.#holds()) await this.#renew().catch(() => {});
    if (!this.#holds()) throw unknown();
    const look = this.#look;
    const life = this.#life;
    look.working++;
    let result: R;
    try {
      result = await work((name) => look.states.find((state) => state.name === name)!.phase);
    } finally {
      look.working--;
      if (look.working === 0 && this.#unfinished.delete(look)) void this.#renew().catch(() => {});
    }
    if (life !== this.#life || !this.#holds()) throw unknown();
    return result;
  }

  async refresh(): Promise<void> {
    await this.#renew();
    // The look may have found a step that can be said to be obeyed now.
    if (this.#said !== this.#saying()) await this.#renew();
  }

  start(): void {
    if (!this.#options.alone) this.#looking = this.#keepLooking();
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    await this.#looking;
    await this.#renewal?.catch(() => {});
    const { relational, log } = this.#options;
    await relational.batch([{ query: farewell(this.#holder) }]).catch((error) => {
      log.warn({ err: error }, 'a migration may have to wait until this process is taken for dead');
    });
  }

  #holds(): boolean {
    const { clock, alone } = this.#options;
    return alone || (clock.monotonic() < this.#end.monotonicMs && clock.now() < this.#end.wallMs);
  }

  async #keepLooking(): Promise<void> {
    const { clock, relational, log } = this.#options;
    const { signal } = this.#stopping;
    for (;;) {
      await clock.wait(this.#times.lookEveryMs, signal);
      if (signal.aborted) return;
      try {
        const rows = await relational.query(allStates);
        const { steps } = lookOf(this.#options.names, rows);
        const isNew = JSON.stringify(steps) !== JSON.stringify(this.#look.steps);
        const isDue = clock.monotonic() >= this.#renewAtMs || this.#said !== this.#saying();
        if (isNew || isDue) await this.refresh();
      } catch (error) {
        log.warn({ err: error }, 'where migrations of tables stand could not be read; trying again');
      }
    }
  }

  /** One at a time. */
  #renew(): Promise<void> {
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { relational, clock, names, alone } = this.#options;
    const startedMs = clock.monotonic();
    const wallMs = clock.now();
    const { busyLeaseMs, restLeaseMs } = this.#times;
    const leaseMs = this.#look.states.some(isUnderWay) ? busyLeaseMs : restLeaseMs;
    const presence = { holder: this.#holder, leaseMs, alone };
    const said = this.#saying();
    let rows: StateRows | null = null;
    if (this.#isEnrolled) {
      // Whoever is alone has said it all when nothing has changed.
      if (alone && said === this.#said) rows = await relational.query(allStates);
      else rows = await relational.run(renew, { ...presence, seen: JSON.parse(said) });
    }
    if (rows === null) {
      rows = await relational.run(enrol, { ...presence, names });
      this.#isEnrolled = true;
      this.#life++;
      this.#unfinished.clear();
      this.#look = lookOf(names, rows);
      this.#said = JSON.stringify(this.#look.steps);
    } else {
      this.#said = said;
      this.#see(lookOf(names, rows));
    }
    this.#end = { monotonicMs: startedMs + leaseMs, wallMs: wallMs + leaseMs };
    this.#renewAtMs = startedMs + leaseMs / RENEWALS_PER_LEASE;
  }

  #see(look: Look): void {
    if (JSON.stringify(look.steps) === JSON.stringify(this.#look.steps)) return;
    if (this.#look.working > 0) this.#unfinished.add(this.#look);
    this.#look = look;
  }

  /** The steps that this process obeys with all that it does. */
  #saying(): string {
    return this.#unfinished.size > 0 ? this.#said : JSON.stringify(this.#look.steps);
  }
}

function lookOf(names: readonly string[], rows: StateRows): Look {
  const states = names.map((name) => stateOf(name, rows));
  return { states, steps: Object.fromEntries(states.map(({ name, step }) => [name, step])), working: 0 };
}

function unknown(): PlazaError {
  return new PlazaError('unavailable', 'A table may be migrated, and this process cannot know how to write it', {
    description: 'The relational store does not answer.',
  });
}
