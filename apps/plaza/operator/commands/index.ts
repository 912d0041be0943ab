import type { OperatorCommand } from '../command.ts';
import * as accounts from './accounts.ts';
import { backUp } from './backup.ts';
import * as events from './events.ts';
import * as migrate from './migrate.ts';

const all = [
  ...Object.values(accounts),
  backUp,
  ...Object.values(events),
  ...Object.values(migrate),
] as readonly OperatorCommand[];

/** Every command by its name. */
export const OPERATOR_COMMANDS: ReadonlyMap<string, OperatorCommand> = new Map(
  all.map((command) => [command.name, command]),
);
