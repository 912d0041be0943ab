import type { AccountState } from '#contracts/model/account.ts';
import type { UserService } from '#contracts/services/user.ts';
import { requireAccount, requireService, type UserParts } from '../parts.ts';
import { setState } from '../scripts/state.ts';

type StateOperations = Pick<UserService, 'setAccountState' | 'deactivate' | 'deleteAccount'>;

/** Coming, going and being sent away. A person may only leave; everything else is for other services, which have asked who may. */
export function stateOperations({ clock, ids, change, promised }: UserParts): StateOperations {
  const set = async (accountId: string, state: AccountState, byOwner: boolean) => {
    await change(setState, { accountId, state, byOwner, eventId: ids.next(), nowMs: clock.now() });
    if (state === 'deleted') promised();
    return {};
  };
  return {
    async setAccountState({ accountId, state }, context) {
      requireService(context);
      return set(accountId, state, false);
    },
    async deactivate(_, context) {
      return set(requireAccount(context), 'deactivated', true);
    },
    async deleteAccount(_, context) {
      return set(requireAccount(context), 'deleted', true);
    },
  };
}
