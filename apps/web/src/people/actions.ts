import { changeAccount, knownAccount } from '../api/accounts.ts';
import { answered, api } from '../api/client.ts';
import {
  blockedPeople,
  changePeople,
  followedBy,
  followersOf,
  followRequests,
  forgetPeople,
  mutedPeople,
} from '../api/people.ts';
import { changeRelationship, knownRelationship, rememberRelationship } from '../api/relationships.ts';
import { knownStatus } from '../api/statuses.ts';
import { forgetShortTimeline, homeTimeline, removeFromTimelines, restartProfile } from '../api/timelines.ts';
import type { Account, Relationship } from '../api/types.ts';
import { me } from '../app/boot.ts';
import { failureWords } from '../ui/failure-notice.tsx';
import { toast } from '../ui/toasts.tsx';
import { afterFollow, afterUnfollow, NO_TIES } from './effects.ts';

type Call = Promise<{ data?: Relationship; response: Response }>;

const at = (id: string) => ({ params: { path: { id } } });

export function follow(account: Account): Promise<boolean> {
  const { following = false } = knownRelationship(account.id) ?? {};
  return act(account.id, afterFollow(account), api.POST('/api/v1/accounts/{id}/follow', at(account.id)), () => {
    if (!following && !account.locked) countFollowers(account.id, 1);
    forgetPeople(followedBy(me().id));
    forgetShortTimeline(homeTimeline);
  });
}

/** Ends a follow, or takes a request to follow back. */
export function unfollow({ id }: Account): Promise<boolean> {
  const { following = false } = knownRelationship(id) ?? {};
  return act(id, afterUnfollow, api.POST('/api/v1/accounts/{id}/unfollow', at(id)), () => {
    if (following) countFollowers(id, -1);
    removeFromTimelines(isOf(id), ([kind]) => kind === 'home');
  });
}

export function showReposts({ id }: Account, reblogs: boolean): Promise<boolean> {
  const call = api.POST('/api/v1/accounts/{id}/follow', { ...at(id), body: { reblogs } });
  return act(id, { showing_reblogs: reblogs }, call, () => {
    if (!reblogs) removeFromTimelines(isRepostBy(id), ([kind]) => kind === 'home' || kind === 'list');
  });
}

/** Their posts leave every timeline at once, those that others reposted among them. */
export function block({ id }: Account): Promise<boolean> {
  const { following = false } = knownRelationship(id) ?? {};
  return act(id, { ...NO_TIES, blocking: true }, api.POST('/api/v1/accounts/{id}/block', at(id)), () => {
    if (following) countFollowers(id, -1);
    removeFromTimelines(isOf(id), ([kind, owner]) => kind !== 'account' || owner !== id);
    for (const source of [blockedPeople, followersOf(me().id), followedBy(me().id), followRequests]) {
      forgetPeople(source);
    }
  });
}

/** What the profile shows is asked for anew: nothing was told while they were blocked. */
export function unblock({ id }: Account): Promise<boolean> {
  return act(id, { blocking: false }, api.POST('/api/v1/accounts/{id}/unblock', at(id)), () => {
    forgetPeople(blockedPeople);
    void restartProfile(id);
  });
}

/** `duration`: in seconds; 0 for as long as one does not think otherwise. */
export function mute({ id }: Account, body: { notifications: boolean; duration: number }): Promise<boolean> {
  const effect = { muting: true, muting_notifications: body.notifications };
  return act(id, effect, api.POST('/api/v1/accounts/{id}/mute', { ...at(id), body }), () => {
    removeFromTimelines(isOf(id), ([kind, owner]) => kind !== 'account' || owner !== id);
    forgetPeople(mutedPeople);
  });
}

export function unmute({ id }: Account): Promise<boolean> {
  const effect = { muting: false, muting_notifications: false };
  return act(id, effect, api.POST('/api/v1/accounts/{id}/unmute', at(id)), () => forgetPeople(mutedPeople));
}

export function removeFollower({ id }: Account): Promise<boolean> {
  const call = api.POST('/api/v1/accounts/{id}/remove_from_followers', at(id));
  return act(id, { followed_by: false }, call, () => changePeople(followersOf(me().id), { remove: id }));
}

export function answerRequest({ id }: Account, verb: 'authorize' | 'reject'): Promise<boolean> {
  const effect = { requested_by: false, ...(verb === 'authorize' ? { followed_by: true } : {}) };
  return act(id, effect, api.POST(`/api/v1/follow_requests/{id}/${verb}`, at(id)), () => {
    forgetPeople(followRequests);
    forgetPeople(followersOf(me().id));
  });
}

/** Shown at once, taken back with a word when the server refuses. Whether it was done. */
async function act(id: string, effect: Partial<Relationship>, call: Call, done: () => void): Promise<boolean> {
  const before = knownRelationship(id);
  changeRelationship(id, effect);
  try {
    rememberRelationship((await answered(call)) as Relationship);
  } catch (error) {
    if (before !== undefined) rememberRelationship(before);
    toast(failureWords(error));
    return false;
  }
  done();
  return true;
}

function countFollowers(id: string, by: number): void {
  if (knownAccount(id) === undefined) return;
  changeAccount(id, (account) => ({ ...account, followers_count: Math.max(0, account.followers_count + by) }));
}

const isOf = (accountId: string) => (postId: string) => {
  const status = knownStatus(postId);
  return status?.account.id === accountId || status?.reblog?.account.id === accountId;
};

const isRepostBy = (accountId: string) => (postId: string) => {
  const status = knownStatus(postId);
  return status?.account.id === accountId && status.reblog !== null;
};
