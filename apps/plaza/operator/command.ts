import type { Static, TObject } from 'typebox';
import type { CallContext } from '#platform/calls/context.ts';
import type { ServiceDirectory } from '#platform/calls/directory.ts';
import type { MigratorTools } from '#platform/migration/tools.ts';
import type { EventBus } from '#ports/event-bus/port.ts';

/** What a running Plaza lends to an operator's command. */
export interface OperatorContext {
  readonly services: ServiceDirectory;
  readonly bus: Pick<EventBus, 'deadLetters' | 'replay'>;
  /** Calls made on the operator's behalf; anew for each call, since it carries a deadline. */
  context(): CallContext;
  /** Resolves when every event has been handled. */
  drain(): Promise<void>;
  /** What migrations of tables are moved with. */
  migrationTools(report: Report): Promise<MigratorTools>;
  /** Makes a consistent copy of the database, the media and the keys in a new folder. */
  backUp(folder: string, report: Report): Promise<BackupSummary>;
}

export interface BackupSummary {
  readonly folder: string;
  readonly files: number;
  readonly sizeBytes: number;
}

/** Told about long work: how much of how much is done. */
export type Report = (step: string, done: number, total: number) => void;

/** A command that works on a running Plaza, or on its data when none runs. `run` answers lines to print. */
export interface OperatorCommand<I extends TObject = TObject> {
  readonly name: string;
  readonly input: I;
  run(input: Static<I>, operator: OperatorContext, report: Report): Promise<readonly string[]>;
}

export function operatorCommand<I extends TObject>(command: OperatorCommand<I>): OperatorCommand<I> {
  return command;
}
