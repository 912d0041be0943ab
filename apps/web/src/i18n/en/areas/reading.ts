import { filters } from '../filters.ts';
import { shortcuts } from '../shortcuts.ts';
import { thread } from '../thread.ts';

export const texts = { ...filters, ...shortcuts, ...thread };
