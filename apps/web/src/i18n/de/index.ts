import { common } from './common.ts';
import { connection } from './connection.ts';
import { offline } from './offline.ts';
import { people } from './people.ts';
import { posts } from './posts.ts';

export const german = {
  ...common,
  ...connection,
  ...offline,
  ...people,
  ...posts,
};
