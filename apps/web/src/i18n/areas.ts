import type { account } from './en/account.ts';
import type { composer } from './en/composer.ts';
import type { filters } from './en/filters.ts';
import type { people } from './en/people.ts';
import type { profileSettings } from './en/profile-settings.ts';
import type { settings } from './en/settings.ts';
import type { shortcuts } from './en/shortcuts.ts';
import type { thread } from './en/thread.ts';

/** Texts that come with the screens that show them, so that nobody waits for them before the first one. */
export type AreaTexts = typeof account &
  typeof composer &
  typeof filters &
  typeof people &
  typeof profileSettings &
  typeof settings &
  typeof shortcuts &
  typeof thread;

export const AREAS = {
  composer: {
    en: () => import('./en/areas/composer.ts'),
    de: () => import('./de/areas/composer.ts'),
  },
  people: {
    en: () => import('./en/areas/people.ts'),
    de: () => import('./de/areas/people.ts'),
  },
  reading: {
    en: () => import('./en/areas/reading.ts'),
    de: () => import('./de/areas/reading.ts'),
  },
  settings: {
    en: () => import('./en/areas/settings.ts'),
    de: () => import('./de/areas/settings.ts'),
  },
} as const;

export type Area = keyof typeof AREAS;
