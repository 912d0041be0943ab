import type { Clock } from '#platform/clock/clock.ts';
import type { Random } from '#platform/random/random.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Relational } from '#ports/relational/port.ts';
import type { WideColumnStore } from '#ports/wide-column/store.ts';
import { type Form, newForm, oldForm, type TableMigration } from './definition.ts';
import { type MigrationState, READ_NEW } from './phases.ts';

/** What whoever moves a migration on works with: the store itself, not the port under migration. */
export interface MigratorTools {
  readonly wide: WideColumnStore;
  readonly relational: Relational;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Lets this process, if it is one of those that obey, look at once; else the time passes until others have. */
  readonly letLook: () => Promise<void>;
  /** Partitions between two notes of how far a copy is. */
  readonly partitionsPerPage: number;
  readonly report: (step: string, done: number, total: number) => void;
}

/** Which form is copied into which. */
export interface Pairing {
  readonly source: Form;
  readonly target: Form;
}

/** The form that is read has everything, and the other one is filled from it. */
export function pairingOf(migration: TableMigration, { phase }: MigrationState): Pairing {
  const [old, now] = [oldForm(migration), newForm(migration)];
  return phase === READ_NEW ? { source: now, target: old } : { source: old, target: now };
}
