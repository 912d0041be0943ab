import { invalid, type PlazaError } from '#platform/errors/errors.ts';
import { CREDENTIAL_LIMITS } from '#policies/limits/sign-in.ts';
import type { CommonPasswords } from './common-passwords.ts';

/** What an attacker knows about the person. */
export interface PasswordOwner {
  readonly username: string;
  readonly email: string | null;
}

/**
 * Refuses (`validation_failed`) passwords that would be guessed: too short, on the lists of leaked ones, one sign or a run of neighbours
 * repeated, or made from the person's own name or address. There are no rules about kinds of characters, which make people choose worse.
 */
export async function checkPassword(
  password: string,
  owner: PasswordOwner,
  isCommon: CommonPasswords,
  field = 'password',
): Promise<void> {
  const characters = [...password.normalize('NFKC')];
  const { passwordMinCharacters, passwordMaxBytes } = CREDENTIAL_LIMITS;
  if (characters.length === 0) throw invalid(field, 'ERR_BLANK', "Password can't be blank");
  if (characters.length < passwordMinCharacters)
    throw invalid(field, 'ERR_TOO_SHORT', `Password is too short (minimum is ${passwordMinCharacters} characters)`);
  if (Buffer.byteLength(password) > passwordMaxBytes)
    throw invalid(field, 'ERR_TOO_LONG', `Password is too long (maximum is ${passwordMaxBytes} bytes)`);
  if (isMonotonous(characters)) throw tooCommon(field);
  if (resembles(password, owner)) throw invalid(field, 'ERR_INVALID', 'Password is too much like your name or address');
  if (await isCommon(password)) throw tooCommon(field);
}

function tooCommon(field: string): PlazaError {
  return invalid(field, 'ERR_INVALID', 'Password is one of those that are guessed first; choose another');
}

/** `aaaaaaaa`, `abababab`, `12345678`, `hgfedcba`. */
function isMonotonous(characters: readonly string[]): boolean {
  if (new Set(characters).size <= 3) return true;
  const codes = characters.map((character) => character.codePointAt(0)!);
  const steps = new Set(codes.slice(1).map((code, index) => code - codes[index]!));
  return steps.size === 1;
}

/** Whether, with the person's own names taken away, little is left. */
function resembles(password: string, owner: PasswordOwner): boolean {
  const letters = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
  const [local = '', domain = ''] = (owner.email ?? '').split('@');
  const names = [owner.username, owner.email ?? '', local, ...local.split(/[._+-]/), domain.split('.')[0] ?? ''];
  const rest = letters(password);
  return names
    .map(letters)
    .filter((name) => name.length >= 3)
    .some((name) =>
      [name, [...name].reverse().join('')].some((form) => rest.replaceAll(form, '').length < 5 && rest.includes(form)),
    );
}
