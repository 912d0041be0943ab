import type { Account } from '#contracts/model/account.ts';
import type { UserService } from '#contracts/services/user.ts';
import { accountOf } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { maySeeAccount } from '#policies/visibility/visibility.ts';
import { strangerFacts } from '../facts.ts';
import { typedUsernameKey } from '../names/username.ts';
import type { UserParts } from '../parts.ts';
import { readOwners } from '../store/names.ts';

type AccountOperations = Pick<UserService, 'getAccounts' | 'getAccount' | 'lookup' | 'resolveUsernames'>;

/** Reading accounts. Only `getAccount` and `lookup` ask the policy: the others serve services and the gateway. */
export function accountOperations({ relational, accounts }: UserParts): AccountOperations {
  return {
    async getAccounts({ ids }) {
      return { accounts: await accounts(ids) };
    },
    async getAccount({ accountId }, context) {
      return shown(await accounts([accountId]), accountOf(context));
    },
    async lookup({ username }, context) {
      const owners = await readOwners(relational, [typedUsernameKey(username)]);
      return shown(await accounts([...owners.values()]), accountOf(context));
    },
    async resolveUsernames({ usernames }) {
      const names = [...new Set(usernames.map(typedUsernameKey))];
      const owners = await readOwners(relational, names);
      return { accounts: await accounts(names.flatMap((name) => owners.get(name) ?? [])) };
    },
  };
}

/** The account, if `viewerId` may see it. Seeing an account depends on its state alone, which came with it. */
function shown([account]: readonly Account[], viewerId: string | undefined): Account {
  const viewer = viewerId === undefined ? null : { id: viewerId };
  if (account === undefined || !maySeeAccount(viewer, strangerFacts(account.id, account.state))) throw notFound();
  return account;
}
