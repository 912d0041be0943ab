import { common } from './common.ts';
import { offline } from './offline.ts';
import { posts } from './posts.ts';
import { settings } from './settings.ts';

export const english = { ...common, ...offline, ...posts, ...settings };
