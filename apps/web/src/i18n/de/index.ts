import { common } from './common.ts';
import { posts } from './posts.ts';

export const german = { ...common, ...posts };
