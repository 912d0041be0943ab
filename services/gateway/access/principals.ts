import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AuthenticationService, Principal } from '#contracts/services/authentication.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';

const MAX_PRINCIPALS = 20_000;
const MAX_AGE_MS = 5 * 60_000;

interface Known {
  readonly principal: Principal;
  readonly untilMs: number;
}

export function invalidToken(): PlazaError {
  return new PlazaError('unauthenticated', 'The access token is invalid');
}

/**
 * Who stands behind a token. What a token may do is remembered for at most five minutes, under a hash of it; whether its session still stands, and
 * whether its rights are those that are remembered, is asked with every request.
 */
export class Principals {
  readonly #authentication: AuthenticationService;
  readonly #clock: Clock;
  readonly #known = new LRUCache<string, Known>({ max: MAX_PRINCIPALS });

  constructor(authentication: AuthenticationService, clock: Clock) {
    this.#authentication = authentication;
    this.#clock = clock;
  }

  /** Raises `unauthenticated` for a token that is unknown, revoked or expired. */
  async of(token: string, context: CallContext): Promise<Principal> {
    const key = hash('sha256', token, 'base64');
    const known = this.#known.get(key);
    if (known !== undefined && known.untilMs > this.#clock.now()) {
      const { active, revision } = await this.#authentication.checkSession(
        { sessionId: known.principal.sessionId },
        context,
      );
      if (active && revision === known.principal.revision) return known.principal;
    }
    this.#known.delete(key);
    return this.#learn(key, token, context);
  }

  async #learn(key: string, token: string, context: CallContext): Promise<Principal> {
    const { principal, expiresMs } = await this.#authentication.authenticate({ token }, context).catch((error) => {
      throw error instanceof PlazaError && error.code === 'unauthenticated' ? invalidToken() : error;
    });
    this.#known.set(key, { principal, untilMs: Math.min(expiresMs, this.#clock.now() + MAX_AGE_MS) });
    return principal;
  }
}

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;
const MAX_TOKEN_LENGTH = 4_000;

/** The token of an `Authorization` header; undefined without the header. Raises `unauthenticated` for a header that is no bearer token. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  const token = header.length > MAX_TOKEN_LENGTH ? undefined : BEARER.exec(header)?.[1];
  if (token === undefined) throw invalidToken();
  return token;
}
