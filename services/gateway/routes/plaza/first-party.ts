import { PlazaError } from '#platform/errors/errors.ts';

/**
 * What all of `/api/plaza/v1` has in common: open to the browser client of this place, by the session of its cookie, and to no token of an app, whatever its
 * scopes. The callers of the matrix all bring tokens of apps; `tests/pages/plaza-api.test.ts` walks each route with a session.
 */
export const FIRST_PARTY = {
  access: 'first-party',
  scope: null,
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 403,
    wrongScope: 403,
    otherUser: 403,
    blockedUser: 403,
    suspended: 401,
    owner: 403,
    moderator: 403,
    admin: 403,
  },
} as const;

/** Runs what asks for the password once more, and says at the field that it was wrong. */
export async function withProof<T>(act: () => Promise<T>, field = 'password'): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof PlazaError && error.code === 'forbidden' && error.details === undefined) {
      throw refused('forbidden', field, 'The password is wrong');
    }
    if (error instanceof PlazaError && error.code === 'unauthenticated') {
      throw refused('forbidden', 'code', 'This code is wrong, or was used already');
    }
    throw error;
  }
}

function refused(code: 'forbidden', field: string, description: string): PlazaError {
  return new PlazaError(code, description, { details: { [field]: [{ error: 'ERR_INVALID', description }] } });
}
