import type { AccountState, AuthorFacts } from '#contracts/model/account.ts';

/** What is known of an author by somebody who has no relation to them. */
export function strangerFacts(id: string, state: AccountState): AuthorFacts {
  return {
    id,
    state,
    following: false,
    showingReposts: false,
    languages: [],
    blocking: false,
    blockedBy: false,
    muting: false,
  };
}
