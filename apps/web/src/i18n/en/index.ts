import { common } from './common.ts';
import { posts } from './posts.ts';

export const english = { ...common, ...posts };
