/** A name that is being typed: `@ad` or `#pla`, and where it stands. */
export interface TypedName {
  readonly kind: '@' | '#';
  readonly query: string;
  readonly start: number;
  readonly end: number;
}

const BEFORE_CARET = /(?<![\p{L}\p{M}\p{N}_/=@.])([@#])([\p{L}\p{M}\p{N}_]{1,30}(?:@[\w.:-]*)?)$/u;

/** The name that ends where the caret stands; undefined when there is none. */
export function typedNameAt(text: string, caret: number): TypedName | undefined {
  const match = BEFORE_CARET.exec(text.slice(Math.max(0, caret - 120), caret));
  if (match === null) return undefined;
  const [, kind, query] = match;
  if (kind === '#' && query!.includes('@')) return undefined;
  return { kind: kind as '@' | '#', query: query!, start: caret - query!.length - 1, end: caret };
}

/** The text with the whole name in the place of what was typed of it, and where the caret stands then. */
export function completed(
  text: string,
  { kind, start, end }: TypedName,
  name: string,
): { text: string; caret: number } {
  const rest = text.slice(end);
  const written = `${kind}${name}${rest.startsWith(' ') ? '' : ' '}`;
  const caret = start + kind.length + name.length + 1;
  return { text: text.slice(0, start) + written + rest, caret };
}
