import { createHash, hash, timingSafeEqual } from 'node:crypto';

/**
 * How tokens and codes are stored: SHA-256, without salt or stretching, because what is hashed has 256 bits of entropy and cannot be guessed.
 * (Passwords and recovery codes, which can, go through argon2 or a keyed hash.)
 */
export function digest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares without telling by its duration where the texts differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
