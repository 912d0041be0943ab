import { account } from './account.ts';
import { common } from './common.ts';
import { offline } from './offline.ts';
import { people } from './people.ts';
import { posts } from './posts.ts';
import { profileSettings } from './profile-settings.ts';
import { settings } from './settings.ts';

export const german = {
  ...account,
  ...common,
  ...offline,
  ...people,
  ...posts,
  ...profileSettings,
  ...settings,
};
