/** A post is cut after 15 lines (body.module.css); what is only a little longer is not. */
const MOST_LINES = 19;
/** Of a line on a phone. */
const LINE_CHARACTERS = 46;
const MOST_LARGE_EMOJI = 6;

const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u{e0020}-\u{e007f}]|\s)+$/u;

/** How much room a text takes is judged by its length and not measured, so that it has its height from the start and nothing has to be laid out twice. */
export function isLong(html: string): boolean {
  return linesOf(html) > MOST_LINES;
}

function linesOf(html: string): number {
  const paragraphs = html.split(/<\/p>|<br\s*\/?>/);
  const lines = paragraphs.map((part) => Math.max(1, Math.ceil(textOf(part).length / LINE_CHARACTERS)));
  return lines.reduce((sum, n) => sum + n, -1);
}

/** Whether a post says nothing but a few emoji. */
export function isOnlyEmoji(html: string): boolean {
  const text = textOf(html).trim();
  if (text === '' || text.length > 60 || !EMOJI.test(text)) return false;
  return [...new Intl.Segmenter().segment(text.replaceAll(/\s/g, ''))].length <= MOST_LARGE_EMOJI;
}

function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;|&#\d+;/g, '&');
}
