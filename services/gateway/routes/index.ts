import type { Route } from '../route.ts';
import { followAccount } from './accounts/follow.ts';
import { lookupAccount } from './accounts/lookup.ts';
import { showAccount } from './accounts/show.ts';
import { unfollowAccount } from './accounts/unfollow.ts';
import { verifyCredentials } from './accounts/verify-credentials.ts';
import { registerApp } from './apps/register.ts';
import { issueToken } from './oauth/token.ts';
import { createStatus } from './statuses/create.ts';
import { deleteStatus } from './statuses/delete.ts';
import { showStatus } from './statuses/show.ts';
import { homeTimeline } from './timelines/home.ts';

/** Every route of the public API. What is not named here does not exist. */
export const routes: readonly Route[] = [
  registerApp,
  issueToken,
  verifyCredentials,
  lookupAccount,
  showAccount,
  followAccount,
  unfollowAccount,
  createStatus,
  showStatus,
  deleteStatus,
  homeTimeline,
];
