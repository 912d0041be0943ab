import { LIMITS } from '#policies/limits/limits.ts';
import type { TextEntity } from './entities.ts';

const ASCII = /^\p{ASCII}*$/u;

let segmenter: Intl.Segmenter | undefined;

/**
 * The longest emoji have 15 UTF-16 units. Beyond, what people see as one character counts as several: marks can be piled on a letter by the ten thousand, and a post of
 * five hundred such letters would weigh as much as a picture in every timeline.
 */
const UNITS_PER_CHARACTER = 16;

/**
 * Characters as people count them (grapheme clusters), with every link as {@link LIMITS.charactersPerLink} and mentions without their host: what clients'
 * counters show. `entities` are those of the text.
 */
export function countCharacters(text: string, entities: readonly TextEntity[]): number {
  let counted = 0;
  let plain = '';
  let at = 0;
  for (const entity of entities) {
    if (entity.kind === 'tag') continue;
    plain += text.slice(at, entity.start);
    if (entity.kind === 'link') counted += LIMITS.charactersPerLink;
    else plain += `@${entity.username}`;
    at = entity.end;
  }
  return counted + countGraphemes(at === 0 ? text : plain + text.slice(at));
}

export function countGraphemes(text: string): number {
  // In ASCII every character stands for itself; only a carriage return joins the line feed behind it.
  if (ASCII.test(text)) return text.includes('\r\n') ? text.replaceAll('\r\n', '\n').length : text.length;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let count = 0;
  for (const { segment } of segmenter.segment(text)) count += Math.ceil(segment.length / UNITS_PER_CHARACTER);
  return count;
}
