/** The modules that a file imports, also for types only and at run time. */
export function importsOf(text: string): string[] {
  const pattern = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\brequire\(\s*)'([^']+)'/g;
  return [...withoutComments(text).matchAll(pattern)].map((match) => match[1] ?? '');
}

/** The text with its comments blanked out; lines keep their numbers. Good enough for rules, not a parser: `//` inside a string counts if a colon precedes. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`\\/])\/\/.*$/gm, '$1');
}
