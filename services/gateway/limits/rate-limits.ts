/** So many requests in a window. Windows start at multiples of their length, as clients of Mastodon expect of `X-RateLimit-Reset`. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
  /** `account`: who is signed in, whatever the address. `address`: an IPv4 address or an IPv6 network of 64 bits. */
  readonly per: 'account' | 'address';
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Mastodon's documented limits, and those of sign-in and app registration that keep guessing and flooding slow. */
export const DEFAULT_RATE_LIMITS = {
  /** Every request of somebody signed in. */
  account: { requests: 300, windowMs: 5 * MINUTE_MS, per: 'account' },
  /** Every request without a valid token. Generous, since many people may share an address. */
  address: { requests: 7_500, windowMs: 5 * MINUTE_MS, per: 'address' },
  /** Uploads cost processor time and disk. */
  media: { requests: 30, windowMs: 30 * MINUTE_MS, per: 'account' },
  /** Deleting and un-reposting: each runs through every follower's timeline. */
  'statuses delete': { requests: 30, windowMs: 30 * MINUTE_MS, per: 'account' },
  'sign-up': { requests: 25, windowMs: DAY_MS, per: 'address' },
  /** Password and code guesses. Hashing a password takes a tenth of a second of processor time. */
  'sign-in': { requests: 25, windowMs: 5 * MINUTE_MS, per: 'address' },
  'app registration': { requests: 60, windowMs: 10 * MINUTE_MS, per: 'address' },
  /** Files are cheap and one page shows many of them. */
  files: { requests: 30_000, windowMs: 5 * MINUTE_MS, per: 'address' },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof DEFAULT_RATE_LIMITS;
export type RateLimitSettings = Readonly<Record<RateLimitName, RateLimit>>;
