import { invalid } from '#platform/errors/errors.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import type { ApiRequest } from '../route.ts';

const MAX_LENGTH = 200;

/** By which an attempt is known again; one of its own where the client sends none. */
export function idempotencyKeyOf(headers: ApiRequest['headers'], random: Random): string {
  const sent = headers['idempotency-key'];
  if (typeof sent !== 'string' || sent === '') return randomToken(random, 18);
  if (sent.length > MAX_LENGTH) {
    throw invalid('Idempotency-Key', 'ERR_TOO_LONG', `Idempotency-Key may have ${MAX_LENGTH} characters`);
  }
  return sent;
}
