import { common } from './common.ts';
import { offline } from './offline.ts';
import { people } from './people.ts';
import { composer } from './composer.ts';
import { posts } from './posts.ts';

export const english = {
  ...common,
  ...offline,
  ...people,
  ...posts,
};
export const english = { ...common, ...composer, ...posts };
