import type { Preferences } from '#contracts/model/account.ts';

export const DEFAULT_PREFERENCES: Preferences = {
  postingVisibility: 'public',
  postingSensitive: false,
  postingLanguage: null,
  expandMedia: 'default',
  expandSpoilers: false,
};
