import { OAuthError } from '@node-oauth/oauth2-server';
import { type ErrorCode, PlazaError } from '#platform/errors/errors.ts';

/** A refusal in the words of RFC 6749, which apps understand: `error` and `error_description` at the edge. */
export function refusal(error: string, description: string): PlazaError {
  const code: ErrorCode = error === 'invalid_client' ? 'unauthenticated' : 'bad_request';
  return new PlazaError(code, error, { description });
}

/** What the OAuth library raised, as ours. A failure of our own that passed through it comes out as itself. */
export function translated(error: unknown): unknown {
  if (!(error instanceof OAuthError)) return error;
  const inner = (error as { inner?: unknown }).inner;
  if (inner instanceof PlazaError) return inner;
  if (error.name === 'server_error') return inner instanceof Error ? inner : error;
  return refusal(error.name, sentence(error.message));
}

/** The library says `Invalid grant: authorization code has expired`; the first half repeats the error's name. */
function sentence(message: string): string {
  return message.replace(/^[A-Z][a-z]+ [a-z ]+: /, '');
}
