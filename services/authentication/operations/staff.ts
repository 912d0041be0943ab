import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { invalid, PlazaError } from '#platform/errors/errors.ts';
import { type Random, randomToken } from '#platform/random/random.ts';
import { builtInPermissions, isPermission, within } from '#policies/permissions/permissions.ts';
import { grantableRole, staff, target } from '../access.ts';
import { LETTERS, MAIL_PATHS } from '../mail/texts.ts';
import { notifyPerson } from '../notices.ts';
import type { Parts } from '../parts.ts';
import { checkPassword } from '../passwords/rules.ts';
import { createPerson } from '../people.ts';
import * as scripts from '../scripts/accounts.ts';
import { digest } from '../secrets/digest.ts';
import { emailAddress, unsealEmail } from '../secrets/email-address.ts';
import { checkAll, checkUsername } from '../sign-up-rules.ts';
import { tellState } from '../state-telling.ts';
import { SERVICE } from '../store/session-events.ts';
import { db } from '../store/tables.ts';

/** Some 95 bits: shown once, to be changed. */
function newPassword(random: Random): string {
  return randomToken(random, 12);
}

type Base = Pick<Parts, 'accounts' | 'relational' | 'clock' | 'user' | 'wakeRelay'>;

/** Staff who manage accounts, for somebody else; names that are kept back may be given. */
export function createAccountAs(
  parts: Base & Pick<Parts, 'ids' | 'sealer' | 'tickets' | 'mail' | 'hasher' | 'isCommon' | 'random'>,
): AuthenticationService['createAccountAs'] {
  const { hasher, isCommon, random } = parts;
  return async ({ username, email, role, password }, context) => {
    const by = await staff(context, 'accounts.manage', parts);
    await grantableRole(role, by, parts);
    const secret = password ?? newPassword(random);
    await checkAll([
      () => checkUsername(username, true),
      () => void (email === null || emailAddress(email)),
      () => checkPassword(secret, { username, email }, isCommon),
    ]);
    const account = await createPerson(
      {
        username,
        email: email === null ? null : emailAddress(email),
        passwordHash: await hasher.hash(secret),
        role,
        confirmed: true,
        approved: true,
        locale: 'en',
        reason: '',
        inviteDigest: null,
        identity: null,
      },
      parts,
    );
    return { accountId: account.account_id, password: secret };
  };
}

/** Staff who manage accounts, when a person is locked out. Every session of the account ends. */
export function setPasswordAs(
  parts: Base & Pick<Parts, 'sealer' | 'mail' | 'hasher' | 'isCommon' | 'random'>,
): AuthenticationService['setPasswordAs'] {
  const { hasher, isCommon, random, relational, sealer, clock, wakeRelay } = parts;
  return async ({ accountId, password }, context) => {
    const by = await staff(context, 'accounts.manage', parts);
    const account = await target(accountId, by, parts);
    const secret = password ?? newPassword(random);
    const email = unsealEmail(account.email_sealed, accountId, sealer);
    await checkPassword(secret, { username: account.username, email }, isCommon);
    const passwordHash = await hasher.hash(secret);
    await relational.run(scripts.replacePassword, {
      accountId,
      passwordHash,
      exceptSessionId: null,
      nowMs: clock.now(),
    });
    wakeRelay();
    await notifyPerson(account, LETTERS.passwordChanged(account.username), parts);
    return { password: secret };
  };
}

/** Staff who manage roles. */
export function setRole(parts: Base): AuthenticationService['setRole'] {
  return async ({ accountId, role }, context) => {
    const by = await staff(context, 'roles.manage', parts);
    await target(accountId, by, parts);
    await grantableRole(role, by, parts);
    await parts.relational.run(scripts.changeRole, { accountId, role });
    return {};
  };
}

/** Staff who manage roles: nobody can define what they may not do themselves. */
export function defineRole(parts: Base): AuthenticationService['defineRole'] {
  return async ({ name, permissions }, context) => {
    const by = await staff(context, 'roles.manage', parts);
    if (!/^[a-z][a-z0-9_-]{0,59}$/.test(name))
      throw invalid('name', 'ERR_INVALID', 'A role is named with lower-case letters, digits, - and _');
    if (builtInPermissions(name) !== undefined || name === 'app')
      throw invalid('name', 'ERR_TAKEN', `The role ${name} is built in`);
    const unknown = permissions.filter((permission) => !isPermission(permission));
    if (unknown.length > 0) throw invalid('permissions', 'ERR_INVALID', `Unknown permissions: ${unknown.join(', ')}`);
    const held = await parts.accounts.customRole(name);
    const before = held === undefined ? [] : (JSON.parse(held) as string[]).filter(isPermission);
    if (!within([...permissions, ...before], by.permissions))
      throw new PlazaError('forbidden', 'A role cannot have permissions that you do not have');
    const wanted = [...new Set([...(builtInPermissions('user') ?? []), ...permissions])];
    await parts.relational.run(scripts.storeRole, { name, permissions: JSON.stringify(wanted) });
    return {};
  };
}

/** Staff who decide on requests to join. */
export function approve(parts: Base & Pick<Parts, 'mail' | 'sealer'>): AuthenticationService['approve'] {
  const { relational, mail } = parts;
  return async ({ accountId }, context) => {
    const by = await staff(context, 'accounts.approve', parts);
    const before = await target(accountId, by, parts);
    await relational.run(scripts.approveAccount, { accountId });
    await tellState(accountId, parts);
    if (before.approved === 0)
      await notifyPerson(before, LETTERS.approved(before.username, mail.link(MAIL_PATHS.signIn)), parts);
    return {};
  };
}

/** Staff who decide on requests to join. Only somebody who never was approved can be rejected; they are forgotten. */
export function reject(parts: Base): AuthenticationService['reject'] {
  const { relational, user, clock, wakeRelay } = parts;
  return async ({ accountId }, context) => {
    const by = await staff(context, 'accounts.approve', parts);
    const account = await target(accountId, by, parts);
    if (account.state !== 'pending' || account.approved === 1)
      throw new PlazaError('conflict', 'Only a request to join can be rejected');
    await user.setAccountState({ accountId, state: 'deleted' }, serviceContext(SERVICE, clock));
    await relational.run(scripts.forgetAccount, { accountId, nowMs: clock.now() });
    wakeRelay();
    return {};
  };
}

/** Staff who suspend. Everything that is signed in as the account has ended when this is answered. */
export function suspend(parts: Base): AuthenticationService['suspend'] {
  const { relational, clock, wakeRelay } = parts;
  return async ({ accountId }, context) => {
    const by = await staff(context, 'accounts.suspend', parts);
    await target(accountId, by, parts);
    await relational.run(scripts.suspendAccount, { accountId, tell: true, nowMs: clock.now() });
    wakeRelay();
    await tellState(accountId, parts);
    return {};
  };
}

/** Staff who suspend. */
export function unsuspend(parts: Base): AuthenticationService['unsuspend'] {
  return async ({ accountId }, context) => {
    const by = await staff(context, 'accounts.suspend', parts);
    await target(accountId, by, parts);
    await parts.relational.run(scripts.unsuspendAccount, { accountId, tell: true });
    await tellState(accountId, parts);
    return {};
  };
}

/** Staff who invite. The code is shown this once. */
export function createInvite(parts: Base & Pick<Parts, 'random'>): AuthenticationService['createInvite'] {
  const { relational, clock, random } = parts;
  return async ({ maxUses, expiresInSeconds }, context) => {
    const by = await staff(context, 'invites.create', parts);
    const code = randomToken(random, 15);
    const row = {
      code_digest: digest(code),
      created_by: by.accountId ?? '',
      uses_left: maxUses,
      expires_ms: clock.now() + expiresInSeconds * 1_000,
    };
    await relational.batch([{ query: db.insertInto('authentication_invites').values(row) }]);
    return { code };
  };
}
