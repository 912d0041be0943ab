import { invalid, PlazaError } from '#platform/errors/errors.ts';
import { isReservedUsername } from '#policies/names/reserved.ts';

const USERNAME = /^[A-Za-z0-9_]{1,30}$/;

/** Refuses (`validation_failed`) what is no username, or one that is kept back. The operator may give those. */
export function checkUsername(username: string, mayBeReserved = false): void {
  if (username === '') throw invalid('username', 'ERR_BLANK', "Username can't be blank");
  if (username.length > 30)
    throw invalid('username', 'ERR_TOO_LONG', 'Username is too long (maximum is 30 characters)');
  if (!USERNAME.test(username))
    throw invalid('username', 'ERR_INVALID', 'Username must contain only letters, numbers and underscores');
  if (!mayBeReserved && isReservedUsername(username)) throw invalid('username', 'ERR_RESERVED', 'Username is reserved');
}

/** Runs every check and raises what all of them refused as one failure, so that a form shows everything at once. */
export async function checkAll(checks: readonly (() => void | Promise<void>)[]): Promise<void> {
  const details: Record<string, { error: string; description: string }[]> = {};
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof PlazaError) || error.details === undefined) throw error;
      for (const [field, refusals] of Object.entries(error.details))
        details[field] = [...(details[field] ?? []), ...refusals];
    }
  }
  const descriptions = Object.values(details)
    .flat()
    .map(({ description }) => description);
  if (descriptions.length === 0) return;
  const description = descriptions.join(', ');
  throw new PlazaError('validation_failed', `Validation failed: ${description}`, { description, details });
}
