import type { Migrations } from './port.ts';

/** Raised when the data was made by a newer program: it may hold what this one would damage. */
export class NewerDataError extends Error {
  constructor(service: string, names: readonly string[]) {
    super(
      `The data of "${service}" was made by a newer Plaza (it has ${names.join(', ')}). Start that version, or restore the backup made before the upgrade.`,
    );
    this.name = 'NewerDataError';
  }
}

/** Steps that leave what an older program knows as it was, by the end of their names: `004-handles-expand`, `005-handles-migrate`. */
const HARMLESS = /-(expand|migrate)$/;

/**
 * The names of what is still to be applied, in their order.
 * @throws NewerDataError when something was applied that this program does not know, unless it only added to what this one knows
 * @throws Error when one sorts before what was applied, or holds several statements in one text
 */
export function checkMigrations(service: string, migrations: Migrations, applied: readonly string[]): string[] {
  const known = new Set(applied);
  const unknown = applied.filter((name) => !(name in migrations) && !HARMLESS.test(name));
  if (unknown.length > 0) throw new NewerDataError(service, unknown);
  const missing = Object.keys(migrations)
    .filter((name) => !known.has(name))
    .sort();
  const last = [...applied].sort().at(-1);
  refuseGaps(service, missing, last);
  for (const name of missing) {
    for (const sql of migrations[name]!) {
      // An engine may run only the first of several.
      if (/;\s*\S/.test(sql))
        throw new Error(`Migration "${name}" of "${service}": one statement in each text: ${sql}`);
    }
  }
  return missing;
}

/** A migration that sorts before one that was applied would meet tables it does not expect. */
function refuseGaps(service: string, missing: readonly string[], last: string | undefined): void {
  const late = last === undefined ? undefined : missing.find((name) => name < last);
  if (late !== undefined) {
    throw new Error(
      `Migration "${late}" of "${service}" sorts before "${last}", which was applied; give it a later name.`,
    );
  }
}
