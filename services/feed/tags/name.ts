import { PlazaError } from '#platform/errors/errors.ts';

/** The form in which hashtags are compared: as in the bodies of posts. */
export function tagName(name: string): string {
  return name
    .replace(/^[#＃]/u, '')
    .normalize('NFKC')
    .toLowerCase();
}

const TAG = /^[\p{L}\p{M}\p{N}_·\u200c]+$/u;

/** The compared form of a name that a person gave; one that no post can carry is refused. */
export function checkedTagName(name: string): string {
  const normal = tagName(name);
  if (TAG.test(normal) && !/^[\p{N}_]*$/u.test(normal)) return normal;
  throw new PlazaError('not_found', 'Record not found');
}
