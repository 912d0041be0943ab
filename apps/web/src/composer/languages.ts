import { currentLanguage } from '../i18n/translate.ts';

/** Those that most people write in. Others can be chosen when the browser or the settings name them. */
const COMMON = (
  'af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gd gl gu he hi hr hu hy id is it ja ka kk kn ko ku lt lv mk ml mr ms my nb ne nl nn ' +
  'pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi xh yo zh zu'
).split(' ');

export interface LanguageChoice {
  readonly code: string;
  readonly name: string;
}

/** Languages of posts: those of this browser first, then the others by name. */
export function languageChoices(chosen: string): LanguageChoice[] {
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'language' });
  const choice = (code: string) => ({ code, name: names.of(code) ?? code });
  const own = navigator.languages.map((tag) => tag.split('-')[0]!.toLowerCase());
  const first = new Set([...own, ...(chosen === '' ? [] : [chosen])]);
  const byName = new Intl.Collator(currentLanguage());
  const others = COMMON.filter((code) => !first.has(code)).map(choice);
  return [...[...first].map(choice), ...others.sort((a, b) => byName.compare(a.name, b.name))];
}
