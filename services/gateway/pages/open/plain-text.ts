const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The text of HTML that `present/html.ts` made, with its line breaks: only tags and escapes of that file are in it. */
export function plainText(html: string): string {
  return html
    .replace(/<br \/>/g, '\n')
    .replace(/<\/p>(?=.)/g, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => SIGNS[name]!);
}

/** Its beginning on one line, cut between words. */
export function summary(text: string, maxCharacters: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= maxCharacters) return line;
  const start = characters.slice(0, maxCharacters - 1).join('');
  const space = start.lastIndexOf(' ');
  return `${space > maxCharacters / 2 ? start.slice(0, space) : start}…`;
}
