import type { Account, Relationship } from '../api/types.ts';

/** What a follow changes before the server has confirmed it: a locked account is asked first. */
export function afterFollow({ locked }: Pick<Account, 'locked'>): Partial<Relationship> {
  return locked ? { requested: true } : { following: true, showing_reblogs: true };
}

export const afterUnfollow: Partial<Relationship> = {
  following: false,
  requested: false,
  showing_reblogs: false,
  notifying: false,
  endorsed: false,
};

/** A block ends everything between two people. */
export const NO_TIES: Partial<Relationship> = {
  ...afterUnfollow,
  followed_by: false,
  requested_by: false,
};

/** What the button beside a person says and does. */
export type Stand = 'follow' | 'follow-back' | 'following' | 'requested' | 'blocking' | 'blocked';

export function standOf(relationship: Relationship): Stand {
  if (relationship.blocking) return 'blocking';
  if (relationship.blocked_by) return 'blocked';
  if (relationship.following) return 'following';
  if (relationship.requested) return 'requested';
  return relationship.followed_by ? 'follow-back' : 'follow';
}
