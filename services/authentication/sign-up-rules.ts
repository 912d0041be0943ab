import { invalid, PlazaError } from '#platform/errors/errors.ts';

const USERNAME = /^[A-Za-z0-9_]{1,30}$/;

/** Names that would let somebody pass for the house, or that are paths of it. */
const RESERVED: ReadonlySet<string> = new Set(
  `abuse about account accounts admin administrator administrators all api app apps auth authorize billing bot contact
  everyone explore help here home hostmaster info instance instance_actor inbox login logout mail me media mod moderation moderator moderators
  news nobody noreply no_reply notifications null oauth official operator outbox owner owners plaza policy postmaster privacy public register
  root search security settings sign_in sign_out sign_up signin signup staff status statuses streaming support sysadmin system tags team terms
  undefined user users web webmaster well_known www`.split(/\s+/),
);

/** Refuses (`validation_failed`) what is no username, or one that is kept back. The operator may give those. */
export function checkUsername(username: string, mayBeReserved = false): void {
  if (username === '') throw invalid('username', 'ERR_BLANK', "Username can't be blank");
  if (username.length > 30)
    throw invalid('username', 'ERR_TOO_LONG', 'Username is too long (maximum is 30 characters)');
  if (!USERNAME.test(username))
    throw invalid('username', 'ERR_INVALID', 'Username must contain only letters, numbers and underscores');
  if (!mayBeReserved && RESERVED.has(username.toLowerCase()))
    throw invalid('username', 'ERR_RESERVED', 'Username is reserved');
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
