import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { forbidden, invalid, PlazaError } from '#platform/errors/errors.ts';
import { randomToken } from '#platform/random/random.ts';
import { covers } from '#policies/permissions/scopes.ts';
import type { AuthenticationConfig } from '../config.ts';
import type { Parts } from '../parts.ts';
import { checkPassword } from '../passwords/rules.ts';
import { createPerson, finishPerson } from '../people.ts';
import { restrictionOf } from '../principals.ts';
import { startSession } from '../scripts/sessions.ts';
import { digest } from '../secrets/digest.ts';
import { emailAddress, emailIndex } from '../secrets/email-address.ts';
import { checkAll, checkUsername } from '../sign-up-rules.ts';
import type { AccountsTable } from '../store/tables.ts';

type SignUpInput = Parameters<AuthenticationService['signUp']>[0];
type SignUpParts = Pick<
  Parts,
  | 'config'
  | 'relational'
  | 'accounts'
  | 'user'
  | 'ids'
  | 'clock'
  | 'sealer'
  | 'tickets'
  | 'mail'
  | 'hasher'
  | 'isCommon'
>;

/** Anyone, as far as the mode of signing up lets them. */
export function signUp(parts: SignUpParts & Pick<Parts, 'sessions'>): AuthenticationService['signUp'] {
  return async (input) => {
    const account = await join(input, parts);
    const session = await parts.sessions.start(account, input);
    return { accountId: account.account_id, status: statusOf(account), session };
  };
}

/** An app for its person, with its own token and the scope `write:accounts`. */
export function signUpThroughApp(
  parts: SignUpParts & Pick<Parts, 'sessions' | 'sessionStore' | 'random' | 'wakeRelay'>,
): AuthenticationService['signUpThroughApp'] {
  return async (input) => {
    const { sessions, sessionStore, relational, random, wakeRelay } = parts;
    const app = await sessionStore.byId(input.appSessionId);
    if (app === undefined) throw new PlazaError('unauthenticated', 'The access token is invalid');
    if (app.account_id !== null || app.app_id === null) throw forbidden('This needs the token of an app');
    const scopes = app.scopes.split(' ');
    if (!covers(scopes, 'write:accounts')) throw forbidden('This action is outside the authorized scopes');
    const account = await join(input, parts);
    const accountId = account.account_id;
    const token = randomToken(random);
    const made = sessions.newToken({ token, appId: app.app_id, accountId, scopes, device: input });
    if (!(await relational.run(startSession, made))) throw new PlazaError('unauthenticated', 'The account has gone');
    wakeRelay();
    return { accessToken: token, tokenType: 'Bearer', scope: app.scopes, createdMs: made.session.created_ms };
  };
}

async function join(input: SignUpInput, parts: SignUpParts): Promise<AccountsTable> {
  const { config, mail, hasher, isCommon } = parts;
  const invited = input.inviteCode !== '';
  checkMode(config, invited);
  const owner = { username: input.username, email: input.email };
  await checkAll([
    () => checkUsername(input.username),
    () => void emailAddress(input.email),
    () => checkPassword(input.password, owner, isCommon),
    () => checkAgreement(input.agreement),
  ]);
  const half = await unfinished(input, parts);
  if (half !== undefined) return finishPerson(half, parts);
  const invitationCounts = config.signUpMode === 'invitation' || (config.signUpMode === 'approval' && invited);
  return createPerson(
    {
      username: input.username,
      email: emailAddress(input.email),
      passwordHash: await hasher.hash(input.password),
      role: 'user',
      confirmed: !mail.enabled,
      approved: config.signUpMode !== 'approval' || invitationCounts,
      locale: input.locale,
      reason: input.reason,
      inviteDigest: invitationCounts ? digest(input.inviteCode) : null,
      identity: null,
    },
    parts,
  );
}

/** The same person's sign-up that was lost on the way: the same name, address and password go on where it stopped. */
async function unfinished(
  input: SignUpInput,
  { accounts, hasher, sealer }: SignUpParts,
): Promise<AccountsTable | undefined> {
  const half = await accounts.byEmailIndex(emailIndex(input.email, sealer));
  if (half?.state !== 'creating' || half.username !== input.username) return undefined;
  return (await hasher.verify(half.password_hash, input.password)) ? half : undefined;
}

/** Raises `forbidden` where nobody, or nobody without an invitation, may join. An invitation itself is checked when it is used. */
export function checkMode(config: AuthenticationConfig, invited: boolean): void {
  if (config.signUpMode === 'closed') throw forbidden('Signing up is closed');
  if (config.signUpMode === 'invitation' && !invited) throw forbidden('Signing up needs an invitation');
}

export function checkAgreement(agreement: boolean): void {
  if (!agreement) throw invalid('agreement', 'ERR_ACCEPTED', 'Service agreement must be accepted');
}

function statusOf(account: AccountsTable) {
  const restriction = restrictionOf(account);
  if (restriction === null) return 'active' as const;
  return restriction === 'unconfirmed' ? ('awaiting_confirmation' as const) : ('awaiting_approval' as const);
}
