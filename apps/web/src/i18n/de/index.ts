import { common } from './common.ts';
import { people } from './people.ts';
import { posts } from './posts.ts';
import { settings } from './settings.ts';

export const german = {
  ...common,
  ...people,
  ...posts,
  ...settings,
};
