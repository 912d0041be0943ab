import { cleanText } from '#policies/text/clean.ts';
import { countCharacters, countGraphemes } from '#policies/text/count.ts';
import { entitiesOf } from '#policies/text/entities.ts';

/** The length of a post as the server takes it: a link has a fixed length, a mention counts without its host, and the warning counts too. */
export function postLength(text: string, warning: string): number {
  const kept = cleanText(text);
  return countCharacters(kept, entitiesOf(kept)) + countGraphemes(cleanText(warning));
}
