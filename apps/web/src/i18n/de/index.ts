import { common } from './common.ts';
import { connection } from './connection.ts';
import { offline } from './offline.ts';
import { posts } from './posts.ts';

export const german = {
  ...common,
  ...connection,
  ...offline,
  ...posts,
};
