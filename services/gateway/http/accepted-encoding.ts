/** Codings in which a file may lie ready, the smallest first. */
export const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

/**
 * The coding that a client likes best among those that are there, by `Accept-Encoding` (RFC 9110, 12.5.3); undefined for the bytes as they are. Where it likes several alike,
 * the smallest is taken. A client that refuses everything gets the bytes as they are too: it is told so, and that helps it more than an error.
 */
export function acceptedCoding(header: string | undefined, there: readonly Coding[]): Coding | undefined {
  if (header === undefined || there.length === 0) return undefined;
  const weights = weightsOf(header);
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  // Without a word about it, `identity` is fine, but any coding that was named is liked better.
  let best: Coding | undefined;
  let most = weights.get('identity') ?? 0;
  for (const coding of CODINGS) {
    if (!there.includes(coding)) continue;
    const weight = Math.max(weightOf(coding), coding === 'gzip' ? (weights.get('x-gzip') ?? 0) : 0);
    if (weight > 0 && (best === undefined ? weight >= most : weight > most)) {
      best = coding;
      most = weight;
    }
  }
  return best;
}

function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.slice(0, 1_000).toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (coding !== '') weights.set(coding, weight === undefined ? 1 : Math.min(1, Math.max(0, Number(weight) || 0)));
  }
  return weights;
}
