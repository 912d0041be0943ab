import type { AuthenticationService } from '#contracts/services/authentication.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import type { Parts } from '../parts.ts';
import { afterFirstProof, findLogin, isWhole, signInAttempts, wrongPassword } from '../sign-in-proof.ts';

/**
 * Anyone who knows the password. Unknown and wrong look alike and take equally long: a password is hashed in every case. Only who proved to be
 * the person learns that the account is suspended.
 */
export function signIn(
  parts: Pick<
    Parts,
    | 'accounts'
    | 'user'
    | 'clock'
    | 'sealer'
    | 'hasher'
    | 'throttle'
    | 'tickets'
    | 'sessions'
    | 'sessionStore'
    | 'relational'
  >,
): AuthenticationService['signIn'] {
  const { accounts, hasher, throttle } = parts;
  return async (input) => {
    const found = await findLogin(input.login, parts);
    const account = isWhole(found) ? found : undefined;
    const attempts = await signInAttempts(account, input.login, input, parts);
    await throttle.count(attempts);
    const right = await hasher.verify(account?.password_hash ?? null, input.password);
    if (!right || account === undefined) throw wrongPassword();
    await throttle.forgive(attempts.slice(0, 1));
    if (account.state === 'suspended') throw new PlazaError('forbidden', 'Your login is currently disabled');
    if (hasher.outdated(account.password_hash!)) {
      const password_hash = await hasher.hash(input.password);
      await accounts.update(account.account_id, { password_hash }, { password_hash: account.password_hash });
    }
    return afterFirstProof(account, input, parts);
  };
}
