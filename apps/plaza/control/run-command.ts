import { Compile } from 'typebox/compile';
import { PlazaError } from '#platform/errors/errors.ts';
import type { OperatorContext, Report } from '../operator/command.ts';
import { OPERATOR_COMMANDS } from '../operator/commands/index.ts';

/** Runs one command by name, with input from outside. Errors are `PlazaError` with a sentence for the operator. */
export async function runCommand(
  name: string,
  input: unknown,
  operator: OperatorContext,
  report: Report,
): Promise<readonly string[]> {
  const command = OPERATOR_COMMANDS.get(name);
  if (command === undefined) throw new PlazaError('not_found', `There is no command "${name}".`);
  const validator = Compile(command.input);
  if (!validator.Check(input)) {
    const [first] = validator.Errors(input);
    throw new PlazaError(
      'bad_request',
      `${name}: ${first?.instancePath.slice(1) ?? 'input'} ${first?.message ?? 'is wrong'}`,
    );
  }
  return await command.run(input, operator, report);
}

/** What an operator reads when a command failed. */
export function messageOf(error: unknown): string {
  if (error instanceof PlazaError) return error.description ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
