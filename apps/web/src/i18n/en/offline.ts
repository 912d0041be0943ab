import type { Catalogue } from '../catalogue.ts';

export const offline = {
  'offline.home': 'No connection. Last updated {time}.',
  'offline.update': 'There is a new version.',
  'offline.reload': 'Reload',
} as const satisfies Catalogue;
