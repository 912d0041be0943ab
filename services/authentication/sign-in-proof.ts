import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { CREDENTIAL_LIMITS, LIFETIMES, SIGN_IN_LIMITS } from '#policies/limits/sign-in.ts';
import type { Parts } from './parts.ts';
import { endSessions } from './scripts/sessions.ts';
import { emailIndex } from './secrets/email-address.ts';
import type { Device } from './sessions.ts';
import { SERVICE } from './store/session-events.ts';
import type { AccountsTable } from './store/tables.ts';
import { type Attempt, networkOf } from './throttle.ts';

export type SignInResult = Awaited<ReturnType<AuthenticationService['signIn']>>;

/** The account behind what a person typed: an e-mail address, or a username as the user service knows it now. */
export async function findLogin(
  login: string,
  { accounts, user, clock, sealer }: Pick<Parts, 'accounts' | 'user' | 'clock' | 'sealer'>,
): Promise<AccountsTable | undefined> {
  const typed = login.trim();
  if (typed.includes('@') && !typed.startsWith('@')) return accounts.byEmailIndex(emailIndex(typed, sealer));
  const name = typed.replace(/^@/, '');
  if (!/^[A-Za-z0-9_]{1,30}$/.test(name)) return undefined;
  const { accounts: found } = await user.resolveUsernames({ usernames: [name] }, serviceContext(SERVICE, clock));
  return found[0] === undefined ? undefined : accounts.byId(found[0].id);
}

/** Sessions whose networks are looked at: those that were used last. */
const KNOWN_SESSIONS = 50;

/**
 * What is counted when somebody tries a password: at an account, however it was named, or at a name that nobody has. Where the account is signed in
 * already, tries from elsewhere do not count, or strangers who guess wrong on purpose would lock its person out.
 */
export async function signInAttempts(
  account: AccountsTable | undefined,
  login: string,
  device: Device,
  { sessionStore }: Pick<Parts, 'sessionStore'>,
): Promise<Attempt[]> {
  const who = account?.account_id ?? login.trim().toLowerCase();
  const network = networkOf(device.ip);
  const attempts = [
    { purpose: 'login+ip', subject: `${who}\n${network}`, limit: SIGN_IN_LIMITS.perLoginAndIp },
    { purpose: 'ip', subject: network, limit: SIGN_IN_LIMITS.perIp },
  ];
  const sessions = account === undefined ? [] : await sessionStore.ofAccount(account.account_id, KNOWN_SESSIONS);
  if (!sessions.some(({ ip }) => networkOf(ip) === network)) {
    attempts.push({ purpose: 'login', subject: who, limit: SIGN_IN_LIMITS.perLogin });
  }
  return attempts;
}

/** One answer for a wrong name, a wrong password and an account that is not whole: which it was is nobody's business. */
export function wrongPassword(): PlazaError {
  return new PlazaError('unauthenticated', 'Invalid login or password');
}

/** After the password (or another proof as good): asks for the second factor where there is one, else signs in. */
export async function afterFirstProof(
  account: AccountsTable,
  device: Device,
  parts: Pick<Parts, 'tickets' | 'sessions' | 'user' | 'relational' | 'clock'>,
  link: { issuer: string; subject: string } | null = null,
): Promise<SignInResult> {
  if (account.totp_enabled === 0) return { status: 'signed_in', session: await enter(account, device, parts) };
  const challenge = await parts.tickets.give(
    'second-factor',
    { link },
    {
      accountId: account.account_id,
      lifetimeMs: LIFETIMES.secondFactorMs,
      tries: CREDENTIAL_LIMITS.secondFactorTries,
    },
  );
  return { status: 'second_factor', challenge };
}

/**
 * Everything is proven: whoever had deactivated the account is back, and a session begins. What was signed in when they left ends before they are back, because
 * the event of their leaving may not have come yet.
 */
export async function enter(
  account: AccountsTable,
  device: Device,
  { sessions, user, relational, clock }: Pick<Parts, 'sessions' | 'user' | 'relational' | 'clock'>,
) {
  const { account_id: accountId } = account;
  const context = serviceContext(SERVICE, clock);
  const nowMs = clock.now();
  const { accounts } = await user.getAccounts({ ids: [accountId] }, context);
  const state = accounts[0]?.state;
  if (state === undefined || state === 'deleted' || state === 'suspended') throw wrongPassword();
  if (state === 'deactivated') {
    await relational.run(endSessions, { accountId, exceptSessionId: null, untilMs: nowMs, nowMs });
    await user.setAccountState({ accountId, state: 'active' }, context);
  }
  return sessions.start(account, device);
}

/** Whether this account may try to sign in at all. */
export function isWhole(account: AccountsTable | undefined): account is AccountsTable {
  return account !== undefined && account.state !== 'creating';
}
