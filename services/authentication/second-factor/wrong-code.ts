import { PlazaError } from '#platform/errors/errors.ts';

export function wrongCode(): PlazaError {
  return new PlazaError('unauthenticated', 'Invalid two-factor code');
}
