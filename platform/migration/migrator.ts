import { PlazaError } from '#platform/errors/errors.ts';
import { LEASE_MS, standForElection } from '#platform/leadership/leadership.ts';
import type { WideTable } from '#ports/wide-column/table.ts';
import { compareForms } from './compare.ts';
import { copyAll } from './copy.ts';
import type { TableMigration } from './definition.ts';
import { untilObeyed } from './obeyed.ts';
import { type MigrationState, NEW_ONLY, OLD_ONLY, type Phase, READ_NEW, WRITE_BOTH } from './phases.ts';
import { allProcesses, allStates, MIGRATION_TABLES, move, obeys, progress, stateOf } from './script.ts';
import { type MigratorTools, pairingOf } from './tools.ts';

/** Where a migration may rest on its way, in order. */
export const STOPS = ['write-both', 'backfill', 'compare', 'read-new', 'stop-old'] as const;
export type Stop = (typeof STOPS)[number];

export interface Journey {
  readonly rowsPerSecond: number;
  /** Whether a comparison mends what differs. */
  readonly repair: boolean;
}

/** Lines for the operator. */
type Told = string[];

/** Moves one migration. Only one of all that are asked to does at a time. */
export class Migrator {
  readonly #tools: MigratorTools;
  readonly #migration: TableMigration;
  readonly #journey: Journey;
  #stillMine: () => void = () => {};

  constructor(tools: MigratorTools, migration: TableMigration, journey: Journey) {
    this.#tools = tools;
    this.#migration = migration;
    this.#journey = journey;
  }

  async state(): Promise<MigrationState> {
    await this.#tools.relational.migrate('wide-migration', MIGRATION_TABLES);
    return stateOf(this.#migration.name, await this.#tools.relational.query(allStates));
  }

  /** How many processes take part, and how many are known to obey the present phase. */
  async obedience(): Promise<{ readonly processes: number; readonly obeying: number }> {
    const { name, step } = await this.state();
    const rows = await this.#tools.relational.query(allProcesses);
    return { processes: rows.length, obeying: rows.filter((row) => obeys(row, name, step)).length };
  }

  /** Goes on to a stop. A stop that lies behind is left as it is. */
  forward(until: Stop): Promise<Told> {
    const last = STOPS.indexOf(until);
    return this.#alone(async (told) => {
      let state = await this.state();
      if (state.phase === OLD_ONLY) {
        await untilObeyed(this.#tools, state);
        await this.#clear([this.#migration.to, ...this.#migration.beside]);
        state = await this.#move(state, WRITE_BOTH, false, told);
      }
      await untilObeyed(this.#tools, state);
      if (state.phase === WRITE_BOTH && last >= STOPS.indexOf('backfill')) {
        if (!state.filled) state = await this.#fill(state, told);
        if (last >= STOPS.indexOf('compare')) await this.#compare(state, told);
        if (last >= STOPS.indexOf('read-new')) state = await this.#move(state, READ_NEW, true, told);
      }
      if (state.phase === READ_NEW && last >= STOPS.indexOf('stop-old')) {
        await this.#move(state, NEW_ONLY, false, told);
      }
    });
  }

  /** One phase back. */
  back(): Promise<Told> {
    return this.#alone(async (told) => {
      const state = await this.state();
      if (state.phase === OLD_ONLY) {
        throw new PlazaError('conflict', `${state.name} has not begun.`);
      }
      await untilObeyed(this.#tools, state);
      if (state.phase === NEW_ONLY) {
        // What the old form has is from before it was stopped. Nobody reads it, and nobody writes it.
        await this.#clear([this.#migration.from]);
        await this.#completeOld(await this.#move(state, READ_NEW, false, told), told);
      } else if (state.phase === READ_NEW) {
        if (state.filled) await this.#move(state, WRITE_BOTH, true, told);
        else await this.#completeOld(state, told);
      } else {
        await this.#move(state, OLD_ONLY, false, told);
        await this.#clear([this.#migration.to, ...this.#migration.beside]);
      }
    });
  }

  /** Compares without moving. */
  compare(): Promise<Told> {
    return this.#alone(async (told) => {
      const state = await this.state();
      if (state.phase === OLD_ONLY || state.phase === NEW_ONLY || !state.filled) {
        throw new PlazaError(
          'conflict',
          `${state.name}: there are two whole forms to compare after the backfill only.`,
        );
      }
      await untilObeyed(this.#tools, state);
      await this.#compare(state, told);
    });
  }

  async #completeOld(state: MigrationState, told: Told): Promise<void> {
    const copied = await this.#fill(state, told);
    // Until it is known to be the same, it does not count as whole.
    await this.#compare(copied, told);
    await this.#tools.relational.batch([{ query: progress({ ...copied, filled: true }), expect: 1 }]);
  }

  async #fill(state: MigrationState, told: Told): Promise<MigrationState> {
    const options = { rowsPerSecond: this.#journey.rowsPerSecond, stillMine: this.#stillMine };
    const isReturn = state.phase === READ_NEW;
    const copied = await copyAll(this.#tools, pairingOf(this.#migration, state), state, {
      ...options,
      completes: !isReturn,
    });
    told.push(`Copied ${copied.done} partitions.`);
    return copied;
  }

  /** @throws PlazaError `conflict` while the forms differ */
  async #compare(state: MigrationState, told: Told): Promise<void> {
    const { rowsPerSecond, repair } = this.#journey;
    const options = { rowsPerSecond, repair, stillMine: this.#stillMine };
    const { rows, differences, mended } = await compareForms(this.#tools, pairingOf(this.#migration, state), options);
    if (differences.length > 0) {
      const some = differences.slice(0, 20).map(({ table, key, what }) => `  ${table} ${key}: ${what}`);
      const count = `${differences.length} of ${rows} rows differ`;
      throw new PlazaError('conflict', count, {
        description: [`${count}; ${state.name} goes no further. Mend them with --repair.`, ...some].join('\n'),
      });
    }
    told.push(`Compared ${rows} rows: the forms are the same${mended > 0 ? `, after ${mended} were mended` : ''}.`);
  }

  /** @throws PlazaError `conflict` when somebody else was quicker */
  async #move(state: MigrationState, phase: Phase, filled: boolean, told: Told): Promise<MigrationState> {
    this.#stillMine();
    await untilObeyed(this.#tools, state);
    if (!(await this.#tools.relational.run(move, { state, phase, filled }))) {
      throw new PlazaError('conflict', `${state.name} was moved on by somebody else; look at --status.`);
    }
    const moved = await this.state();
    await untilObeyed(this.#tools, moved);
    told.push(`Every process ${DOES[phase]}.`);
    return moved;
  }

  async #clear(tables: readonly WideTable[]): Promise<void> {
    for (const table of tables) {
      const { partitions } = await this.#tools.wide.partitions(table, { limit: 1 });
      this.#stillMine();
      if (partitions.length > 0) await this.#tools.wide.clear(table);
    }
  }

  /** Runs it while no other migrator moves this migration: one that died is waited for. */
  async #alone(work: (told: Told) => Promise<void>): Promise<Told> {
    const { relational, clock, random, log, wide, letLook } = this.#tools;
    const { name, from, to, beside } = this.#migration;
    const leadership = await standForElection({ relational, clock, random, log, name: `migrate.${name}`, gained() {} });
    this.#stillMine = () => {
      if (leadership.leads()) return;
      throw new PlazaError('conflict', `Another command may be moving ${name}`, {
        description: `Another command moves ${name}, or the relational store does not answer: give the command again.`,
      });
    };
    try {
      const startedMs = clock.monotonic();
      while (!leadership.leads() && clock.monotonic() - startedMs < 2 * LEASE_MS) await letLook();
      this.#stillMine();
      await this.state();
      await wide.declare([from, to, ...beside]);
      const told: Told = [];
      await work(told);
      return told;
    } finally {
      await leadership.stop();
    }
  }
}

const DOES: Readonly<Record<Phase, string>> = {
  [OLD_ONLY]: 'writes and reads the old form alone',
  [WRITE_BOTH]: 'writes both forms and reads the old one',
  [READ_NEW]: 'writes both forms and reads the new one',
  [NEW_ONLY]: 'writes and reads the new form alone',
};
