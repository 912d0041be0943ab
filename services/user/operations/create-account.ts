import type { UserService } from '#contracts/services/user.ts';
import { checkUsername } from '../names/username.ts';
import { requireService, type UserParts } from '../parts.ts';
import { createAccount } from '../scripts/create-account.ts';

/** Makes an account, at sign-up. Whether a name is reserved is for who signs people up to say: the operator may take `admin`. */
export function createAccountOperation({ clock, ids, accounts, change }: UserParts): UserService['createAccount'] {
  return async ({ accountId, username, state, locale }, context) => {
    requireService(context);
    checkUsername(username);
    const language = /^[a-z]{2,3}/.exec(locale)?.[0] ?? null;
    const args = { accountId, username, state, language, eventId: ids.next(), nowMs: clock.now() };
    await change(createAccount, args);
    return (await accounts([accountId]))[0]!;
  };
}
