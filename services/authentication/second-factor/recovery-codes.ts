import type { Random } from '#platform/random/random.ts';
import { CREDENTIAL_LIMITS } from '#policies/limits/sign-in.ts';
import type { Sealer } from '../secrets/sealer.ts';

/** 31 signs, without letters that look like digits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const CHARACTERS = 12;

/** Codes to be written down: `abcdef-ghjkmn`, 58 bits. */
export function newRecoveryCodes(random: Random): string[] {
  return Array.from({ length: CREDENTIAL_LIMITS.recoveryCodes }, () => {
    const signs = [...random.bytes(CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]);
    return `${signs.slice(0, 6).join('')}-${signs.slice(6).join('')}`;
  });
}

/** How a code is stored: keyed, because what a person can write down a machine could try. */
export function recoveryIndex(accountId: string, code: string, sealer: Sealer): string {
  return sealer.blind('recovery code', `${accountId}.${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`);
}
