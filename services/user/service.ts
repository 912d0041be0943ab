import type { UserService } from '#contracts/services/user.ts';
import { accountOperations } from './operations/accounts.ts';
import { createAccountOperation } from './operations/create-account.ts';
import { factOperations } from './operations/facts.ts';
import { familiarFollowersOperation } from './operations/familiar-followers.ts';
import { listOperations } from './operations/lists.ts';
import { profileOperations } from './operations/profile.ts';
import { relationOperations } from './operations/relations.ts';
import { searchOperation } from './operations/search.ts';
import { stateOperations } from './operations/state.ts';
import { numberOperations } from './operations/statistics.ts';
import { suggestionOperations } from './operations/suggestions.ts';
import type { UserParts } from './parts.ts';
import type { ProfileImages } from './profile-images.ts';

/** Everything the user service offers. */
export function userService(parts: UserParts, images: ProfileImages): UserService {
  return {
    createAccount: createAccountOperation(parts),
    search: searchOperation(parts),
    familiarFollowers: familiarFollowersOperation(parts),
    ...accountOperations(parts),
    ...stateOperations(parts),
    ...profileOperations(parts, images),
    ...relationOperations(parts),
    ...listOperations(parts),
    ...suggestionOperations(parts),
    ...factOperations(parts),
    ...numberOperations(parts),
  };
}
