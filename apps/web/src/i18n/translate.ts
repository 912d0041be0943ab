import { useSyncExternalStore } from 'react';
import { preferences } from '../state/preferences.ts';
import { AREAS, type Area, type AreaTexts } from './areas.ts';
import type { Message, Translation } from './catalogue.ts';
import { english } from './en/index.ts';

export type MessageKey = keyof typeof english | keyof AreaTexts;
export type Values = Readonly<Record<string, string | number>>;
export type Language = 'en' | 'de';

const listeners = new Set<() => void>();
let language: Language = 'en';
let catalogue: Readonly<Partial<Record<MessageKey, Message>>> = english;
const needed = new Set<Area>();
let plural = new Intl.PluralRules('en');
let number = new Intl.NumberFormat('en');

/** The text of a message in the language that is shown now. `n` chooses the form. */
export function t(key: MessageKey, values: Values = {}): string {
  const message = catalogue[key] ?? key;
  const text = typeof message === 'string' ? message : message[formOf(Number(values.n))];
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? number.format(value) : (value ?? whole);
  });
}

export function currentLanguage(): Language {
  return language;
}

/** Draws again when the language changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

/** Fetches the texts of an area, in whatever language is shown then and later. */
export async function needTexts(area: Area): Promise<void> {
  needed.add(area);
  const texts = await textsOf(area, language);
  // Other areas may have come meanwhile.
  catalogue = { ...catalogue, ...texts };
}

/** Loads something together with the texts that it shows. */
export function withTexts<T>(area: Area, load: () => Promise<T>): () => Promise<T> {
  return async () => (await Promise.all([load(), needTexts(area)]))[0];
}

async function textsOf(area: Area, wanted: Language): Promise<Partial<AreaTexts | Translation<AreaTexts>>> {
  return (await AREAS[area][wanted]()).texts;
}

/** Turns to the language of the preferences; its catalogue is fetched when it is not English. */
export async function chooseLanguage(): Promise<void> {
  const wanted = wantedLanguage();
  const [base, ...areas] = await Promise.all([
    wanted === 'de' ? import('./de/index.ts').then(({ german }) => german) : english,
    ...[...needed].map((area) => textsOf(area, wanted)),
  ]);
  catalogue = Object.assign({}, base, ...areas);
  language = wanted;
  plural = new Intl.PluralRules(wanted);
  number = new Intl.NumberFormat(wanted);
  document.documentElement.lang = wanted;
  for (const listener of listeners) listener();
}

function wantedLanguage(): Language {
  const chosen = preferences().language;
  if (chosen !== 'system') return chosen;
  for (const tag of navigator.languages) {
    const [primary] = tag.toLowerCase().split('-');
    if (primary === 'en' || primary === 'de') return primary;
  }
  return 'en';
}

function formOf(n: number): 'one' | 'other' {
  return plural.select(n) === 'one' ? 'one' : 'other';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
