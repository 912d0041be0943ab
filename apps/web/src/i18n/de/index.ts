import { common } from './common.ts';
import { posts } from './posts.ts';
import { settings } from './settings.ts';

export const german = { ...common, ...posts, ...settings };
