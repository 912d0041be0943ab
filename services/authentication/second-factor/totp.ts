import { Secret, TOTP } from 'otpauth';
import type { Random } from '#platform/random/random.ts';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Clocks of phones differ: the step before and the step after are taken too. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** A new secret in base32, as authenticator apps take it by hand. */
export function newTotpSecret(random: Random): string {
  return new Secret({ buffer: new Uint8Array(random.bytes(SECRET_BYTES)).buffer }).base32;
}

/** The address that a QR code carries to an authenticator app. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return totp(secret, issuer, label).toString();
}

/** The 30-second step that the code belongs to, or undefined when it is wrong now. */
export function totpStep(secret: string, code: string, nowMs: number): number | undefined {
  const delta = totp(secret).validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? undefined : Math.floor(nowMs / 1_000 / STEP_SECONDS) + delta;
}

function totp(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ secret, issuer, label, algorithm: 'SHA1', digits: DIGITS, period: STEP_SECONDS });
}
