import { common } from './common.ts';
import { offline } from './offline.ts';
import { posts } from './posts.ts';
import { settings } from './settings.ts';

export const german = { ...common, ...offline, ...posts, ...settings };
