import { common } from './common.ts';
import { composer } from './composer.ts';
import { offline } from './offline.ts';
import { people } from './people.ts';
import { posts } from './posts.ts';

export const german = {
  ...common,
  ...offline,
  ...people,
  ...composer,
  ...posts,
};
