import { notFound } from '#platform/errors/errors.ts';
import { isTagName, tagName } from '#policies/text/entities.ts';

/** A hashtag in a path, as it is stored. What could not stand behind `#` does not exist. */
export function tagNameOf(written: string): string {
  const bare = written.replace(/^[#＃]/, '');
  if (!isTagName(bare)) throw notFound();
  return tagName(bare);
}
