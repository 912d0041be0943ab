/** How often one may try: `tries` within `windowMs`, counted before the attempt is judged. */
export interface AttemptLimit {
  readonly tries: number;
  readonly windowMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Limits around passwords, codes and sessions, each with its reason. */
export const SIGN_IN_LIMITS = {
  /** From one network at one account: people mistype, machines guess. */
  perLoginAndIp: { tries: 10, windowMs: 15 * MINUTE_MS },
  /**
   * At one account from everywhere: many machines guessing together. Wide enough that a stranger cannot easily lock somebody out,
   * and not counted from where the person is signed in.
   */
  perLogin: { tries: 100, windowMs: HOUR_MS },
  /** From one network at many accounts: trying passwords that leaked elsewhere. Wide enough for a school behind one address. */
  perIp: { tries: 100, windowMs: 15 * MINUTE_MS },
  /** Whoever holds a session must not guess its person's password. */
  passwordProof: { tries: 10, windowMs: 15 * MINUTE_MS },
  /** A code has a million values and three are right at a time. */
  secondFactorPerAccount: { tries: 20, windowMs: HOUR_MS },
  /** Mails that a stranger can make us send to one address. */
  mailsPerAddress: { tries: 5, windowMs: HOUR_MS },
} as const satisfies Record<string, AttemptLimit>;

export const CREDENTIAL_LIMITS = {
  passwordMinCharacters: 8,
  /** Longer adds nothing, and hashing has to stay cheap. */
  passwordMaxBytes: 256,
  /** Wrong codes before the password has to be given again. */
  secondFactorTries: 5,
  recoveryCodes: 10,
  /** Sessions and app tokens of one account; the one unused for longest gives way. */
  sessionsPerAccount: 400,
  /** Tokens that an app holds for itself. Anybody can register an app and ask for one after the other, and they never expire. */
  tokensPerApp: 100,
  /** Hashes computed at once: each takes 19 MiB and a thread for some 30 ms. */
  concurrentHashes: 2,
  /** Hashes that wait: beyond, people are told to come again rather than left waiting past their deadline. */
  waitingHashes: 200,
} as const;

export const LIFETIMES = {
  /** A stolen access token is useless soon; the refresh token stays in an HttpOnly cookie. */
  accessTokenMs: 5 * MINUTE_MS,
  /** A session that nobody uses ends. */
  sessionIdleMs: 60 * DAY_MS,
  /** However busy, a session ends after this. */
  sessionMs: 365 * DAY_MS,
  /** Two tabs refreshing at once, or an answer lost on the way. */
  refreshGraceMs: MINUTE_MS,
  authorizationCodeMs: 10 * MINUTE_MS,
  secondFactorMs: 10 * MINUTE_MS,
  passwordResetMs: HOUR_MS,
  /** How exactly the last use of an app's token is known: noting each would be a write per request. */
  lastUsedMs: DAY_MS,
  /** As Mastodon: two days. */
  emailConfirmationMs: 2 * DAY_MS,
  socialFlowMs: 10 * MINUTE_MS,
  socialTicketMs: 30 * MINUTE_MS,
  signingKeyMs: 30 * DAY_MS,
  /** A new key is published this long before it signs, so that whoever caches the key set has it. */
  signingKeyLeadMs: HOUR_MS,
  /** Mail that could not be sent for this long is given up. */
  mailMs: 2 * DAY_MS,
  /** A sign-up that stopped half way is finished or removed after this. */
  unfinishedSignUpMs: MINUTE_MS,
  /** Anybody may register apps; one through which nobody signed in is forgotten after this. */
  unusedAppMs: 7 * DAY_MS,
  /** A token that an app holds for itself ends when it was not used for this long: nobody could ever sign it out. */
  ownTokenIdleMs: 60 * DAY_MS,
} as const;
