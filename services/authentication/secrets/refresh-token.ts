import type { Sealer } from './sealer.ts';

/**
 * A refresh token is `<session id>.<generation>.<secret>`. Each secret is a keyed hash of the one before, so that
 * - the successor of a token can be worked out again, and two refreshes at the same time get the same one, though only digests are stored;
 * - any old token can be told from a made-up one, by walking forward to the current generation, without keeping a row for each;
 * - nobody without the operator's key can make a successor.
 */
export interface RefreshToken {
  readonly sessionId: string;
  readonly generation: number;
  readonly secret: string;
}

/** Older tokens than this many generations are refused without knowing whether they are genuine: walking further would cost more than it tells. */
const MAX_WALK = 2_000;

export function formatRefreshToken(token: RefreshToken): string {
  return `${token.sessionId}.${token.generation}.${token.secret}`;
}

export function parseRefreshToken(text: string): RefreshToken | undefined {
  const match = /^([1-9][0-9]{0,18})\.([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{43})$/.exec(text);
  return match === null ? undefined : { sessionId: match[1]!, generation: Number(match[2]), secret: match[3]! };
}

export function successorOf(token: RefreshToken, sealer: Sealer): RefreshToken {
  return {
    sessionId: token.sessionId,
    generation: token.generation + 1,
    secret: sealer.blind('refresh', `${token.sessionId}.${token.secret}`),
  };
}

/** The token that `token` has become by `generation`; undefined when it is not older, or too old. */
export function descendantOf(token: RefreshToken, generation: number, sealer: Sealer): RefreshToken | undefined {
  if (token.generation >= generation || generation - token.generation > MAX_WALK) return undefined;
  let next = token;
  while (next.generation < generation) next = successorOf(next, sealer);
  return next;
}
