import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { forbidden, notFound, PlazaError } from '#platform/errors/errors.ts';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import type { Parts } from '../parts.ts';
import { createPerson } from '../people.ts';
import { linkIdentity } from '../scripts/identities.ts';
import { digest } from '../secrets/digest.ts';
import { emailIndex } from '../secrets/email-address.ts';
import { afterFirstProof, isWhole, signInAttempts, wrongPassword } from '../sign-in-proof.ts';
import { checkAll, checkUsername } from '../sign-up-rules.ts';
import type { SocialFlow, SocialProvider } from '../social/provider.ts';
import type { AccountsTable } from '../store/tables.ts';
import { checkAgreement, checkMode } from './sign-up.ts';

const FLOW_PLACE = { column: 'social flow', rowId: '' };
/** Wrong passwords at one return from the provider. */
const PROOF_TRIES = 5;
/** Usernames that turn out to be taken. */
const NAME_TRIES = 30;

type SignInParts = Pick<Parts, 'tickets' | 'sessions' | 'user' | 'relational' | 'clock'>;

/** Anyone. `flow` goes into a cookie: it is sealed, and binds the return to this browser. */
export function beginSocialSignIn(
  parts: Pick<Parts, 'social' | 'sealer' | 'clock' | 'config'>,
): AuthenticationService['beginSocialSignIn'] {
  const { social, sealer, clock, config } = parts;
  return async ({ redirectUri }) => {
    if (!URL.canParse(redirectUri) || new URL(redirectUri).origin !== new URL(config.origin).origin)
      throw forbidden('The browser can only return to this place');
    const { url, flow } = await configured(social).begin(redirectUri);
    const kept = { ...flow, expiresMs: clock.now() + LIFETIMES.socialFlowMs };
    return { url, flow: sealer.seal(JSON.stringify(kept), FLOW_PLACE) };
  };
}

/**
 * Anyone who comes back from the provider. An identity that is linked signs in. A verified address that belongs to an account here only asks for that
 * account's password: whoever controls the provider, or got an address verified there, must not thereby control the account.
 */
export function finishSocialSignIn(
  parts: SignInParts & Pick<Parts, 'social' | 'sealer' | 'accounts'>,
): AuthenticationService['finishSocialSignIn'] {
  const { social, sealer, clock, accounts, tickets } = parts;
  return async (input) => {
    const provider = configured(social);
    const flow = openFlow(input.flow, sealer, clock.now());
    const identity = await provider.finish(flow, callback(input.callbackUrl, flow));
    const { issuer, subject, email } = identity;
    const linked = await accounts.byIdentity(issuer, subject);
    if (linked !== undefined) {
      refuseSuspended(linked);
      return afterFirstProof(linked, input, parts);
    }
    const holder = email === null ? undefined : await accounts.byEmailIndex(emailIndex(email, sealer));
    const accountId = holder?.account_id ?? null;
    const ticket = await tickets.give(
      'social',
      { issuer, subject, email },
      { accountId, lifetimeMs: LIFETIMES.socialTicketMs, tries: holder === undefined ? NAME_TRIES : PROOF_TRIES },
    );
    if (holder !== undefined) return { status: 'proof_needed', ticket, email: email! };
    return { status: 'unknown', ticket, suggestedUsername: suggestion(identity.name, email) };
  };
}

/** Whoever came back with a verified address and knows the password of the account that has it; its second factor is asked for as well. */
export function linkSocialIdentity(
  parts: SignInParts & Pick<Parts, 'accounts' | 'hasher' | 'throttle' | 'relational' | 'sessionStore'>,
): AuthenticationService['linkSocialIdentity'] {
  const { tickets, accounts, hasher, throttle, relational, clock } = parts;
  return async (input) => {
    const ticket = await tickets.attempt('social', input.ticket);
    const found = ticket?.accountId ? await accounts.byId(ticket.accountId) : undefined;
    if (ticket === undefined || !isWhole(found)) throw tooLate();
    await throttle.count(await signInAttempts(found, '', input, parts));
    if (!(await hasher.verify(found.password_hash, input.password))) throw wrongPassword();
    refuseSuspended(found);
    if (!(await tickets.spend(ticket))) throw tooLate();
    const { issuer, subject } = ticket.content;
    if (found.totp_enabled === 1) return afterFirstProof(found, input, parts, { issuer, subject });
    await relational.run(linkIdentity, { issuer, subject, accountId: found.account_id, nowMs: clock.now() });
    return afterFirstProof(found, input, parts);
  };
}

/** Whoever came back and is new here. An address that the provider verified needs no confirmation; one that it did not is not taken over. */
export function signUpSocial(
  parts: SignInParts & Pick<Parts, 'config' | 'relational' | 'accounts' | 'ids' | 'sealer' | 'mail'>,
): AuthenticationService['signUpSocial'] {
  const { config, tickets } = parts;
  return async (input) => {
    const inviteCode = input.inviteCode ?? '';
    checkMode(config, inviteCode !== '');
    await checkAll([() => checkUsername(input.username), () => checkAgreement(input.agreement)]);
    const ticket = await tickets.attempt('social', input.ticket);
    if (ticket === undefined || ticket.accountId !== null) throw tooLate();
    const { issuer, subject, email } = ticket.content;
    const invitationCounts =
      config.signUpMode === 'invitation' || (config.signUpMode === 'approval' && inviteCode !== '');
    const account = await createPerson(
      {
        username: input.username,
        email,
        passwordHash: null,
        role: 'user',
        confirmed: true,
        approved: config.signUpMode !== 'approval' || invitationCounts,
        locale: input.locale,
        reason: input.reason ?? '',
        inviteDigest: invitationCounts ? digest(inviteCode) : null,
        identity: { issuer, subject },
      },
      parts,
    );
    await tickets.spend(ticket);
    return afterFirstProof(account, input, parts);
  };
}

function configured(social: SocialProvider | null): SocialProvider {
  if (social === null) throw notFound();
  return social;
}

function openFlow(sealed: string, sealer: Parts['sealer'], nowMs: number): SocialFlow {
  try {
    const flow = JSON.parse(sealer.unseal(sealed, FLOW_PLACE)) as SocialFlow & { expiresMs: number };
    if (flow.expiresMs > nowMs) return flow;
  } catch {
    // Not ours, or changed on the way: the same to whoever sent it as one that is too old.
  }
  throw tooLate();
}

/** The address to which the browser came back; it has to be the one that was asked for. */
function callback(text: string, flow: SocialFlow): URL {
  const expected = new URL(flow.redirectUri);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== expected.origin || url.pathname !== expected.pathname) throw tooLate();
  return url;
}

function refuseSuspended(account: AccountsTable): void {
  if (!isWhole(account)) throw wrongPassword();
  if (account.state === 'suspended') throw new PlazaError('forbidden', 'Your login is currently disabled');
}

function suggestion(name: string, email: string | null): string {
  const source = name.trim() === '' ? (email?.split('@')[0] ?? '') : name;
  return source
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30);
}

function tooLate(): PlazaError {
  return new PlazaError('gone', 'This sign-in has expired; start again');
}
