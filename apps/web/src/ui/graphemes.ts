const segmenter = new Intl.Segmenter();

/** Characters as people count them, which is how the server counts what it limits. */
export function countCharacters(text: string): number {
  let n = 0;
  for (const _ of segmenter.segment(text)) n += 1;
  return n;
}
