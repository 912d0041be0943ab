/** Words of one display name that are found; more would let one account stand under everything. */
const MAX_WORDS = 8;
/** Longer words are cut: nobody types more to find somebody. */
const MAX_WORD_CHARACTERS = 32;

/**
 * The form in which words of names are stored and asked for: compatibility forms and marks folded, no capitals. "Ｊosé", "JOSE" and
 * "josé" are one.
 */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFKC');
}

/** The words of a text, folded, each once, at most {@link MAX_WORDS}. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const [word] of foldedText(text).matchAll(/[\p{L}\p{N}_]+/gu)) {
    words.add([...word].slice(0, MAX_WORD_CHARACTERS).join(''));
    if (words.size === MAX_WORDS) break;
  }
  return [...words];
}

/** Under which words an account is found: its name, the parts of its name, and the words of its display name. */
export function searchWords(username: string, displayName: string): string[] {
  const name = username.toLowerCase();
  const parts = name.split('_').filter((part) => part.length > 1);
  return [...new Set([name, ...parts.slice(0, MAX_WORDS), ...wordsOf(displayName)])];
}

/** The first text that is beyond every text with this beginning, in the order of code points. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
