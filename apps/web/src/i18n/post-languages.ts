import { currentLanguage } from './translate.ts';

/** Languages that people write in, by number of speakers online and in this part of the web; any other tag is kept as it is. */
const TAGS =
  'ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko lt lv mk ms nl no pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh';

export interface PostLanguage {
  readonly tag: string;
  readonly name: string;
}

/** Languages that a post may be said to be in, named and ordered in the language that is shown; `chosen` is among them whatever it is. */
export function postLanguages(chosen?: string | null): readonly PostLanguage[] {
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'language' });
  const tags = new Set([...TAGS.split(' '), ...(chosen ? [chosen] : [])]);
  return [...tags]
    .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
    .sort((a, b) => a.name.localeCompare(b.name, currentLanguage()));
}
