import type { account } from './en/account.ts';
import type { profileSettings } from './en/profile-settings.ts';
import type { settings } from './en/settings.ts';

/** Texts that come with the screens that show them, so that nobody waits for them before the first one. */
export type AreaTexts = typeof account & typeof profileSettings & typeof settings;

export const AREAS = {
  settings: {
    en: () => import('./en/areas/settings.ts'),
    de: () => import('./de/areas/settings.ts'),
  },
} as const;

export type Area = keyof typeof AREAS;
