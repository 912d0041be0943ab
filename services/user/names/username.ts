import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';

/** The form in which names are compared: people who type a name do not know its capitals. Names are ASCII, so this is exact. */
export function usernameKey(username: string): string {
  return username.toLowerCase();
}

/** The form of a name that somebody typed to find a person: without the sign before it. */
export function typedUsernameKey(text: string): string {
  return usernameKey(text.trim().replace(/^@/, ''));
}

/** Refuses what is no username: letters, digits and underscores of ASCII, so that no two names look alike by script. */
export function checkUsername(username: string): void {
  if (username.length === 0) throw invalid('username', 'ERR_BLANK', "Username can't be blank");
  if (username.length > LIMITS.usernameCharacters) {
    throw invalid(
      'username',
      'ERR_TOO_LONG',
      `Username is too long (maximum is ${LIMITS.usernameCharacters} characters)`,
    );
  }
  if (!/^[A-Za-z0-9_]+$/.test(username)) {
    throw invalid('username', 'ERR_INVALID', 'Username must contain only letters, numbers and underscores');
  }
}
