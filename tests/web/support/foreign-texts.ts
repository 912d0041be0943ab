import type { Page } from 'playwright-core';
import { texts as composerGerman } from '#apps/web/src/i18n/de/areas/composer.ts';
import { texts as peopleGerman } from '#apps/web/src/i18n/de/areas/people.ts';
import { texts as readingGerman } from '#apps/web/src/i18n/de/areas/reading.ts';
import { texts as settingsGerman } from '#apps/web/src/i18n/de/areas/settings.ts';
import { german as baseGerman } from '#apps/web/src/i18n/de/index.ts';
import { texts as composerEnglish } from '#apps/web/src/i18n/en/areas/composer.ts';
import { texts as peopleEnglish } from '#apps/web/src/i18n/en/areas/people.ts';
import { texts as readingEnglish } from '#apps/web/src/i18n/en/areas/reading.ts';
import { texts as settingsEnglish } from '#apps/web/src/i18n/en/areas/settings.ts';
import { english as baseEnglish } from '#apps/web/src/i18n/en/index.ts';

const ENGLISH = { ...baseEnglish, ...composerEnglish, ...peopleEnglish, ...readingEnglish, ...settingsEnglish };
const GERMAN = { ...baseGerman, ...composerGerman, ...peopleGerman, ...readingGerman, ...settingsGerman };

const spoken = new Set<unknown>(Object.values(GERMAN));
/** Texts that nobody should see who reads German: English ones that have a German one, and names of texts that were not there when they were shown. */
const FOREIGN = [...Object.keys(ENGLISH), ...Object.values(ENGLISH)].filter((text) => !spoken.has(text));

/** What a page shows, or says to those who cannot see, that is not German. Posts are in whatever language people write. */
export async function foreignTexts(page: Page): Promise<string[]> {
  return (await page.evaluate(`(${SEEN})(${JSON.stringify(FOREIGN)})`)) as string[];
}

const SEEN = `(foreign) => [...document.body.querySelectorAll('*')]
  .filter((element) => !element.closest('article'))
  .flatMap((element) => [
    element.childElementCount === 0 ? element.textContent.trim() : '',
    ...['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name)),
  ])
  .filter((text) => text && foreign.includes(text))`;
