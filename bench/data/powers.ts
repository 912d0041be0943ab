/**
 * Picks people as a social graph does: a few are popular. Rank r of n is picked with a weight of about 1 / r^0.8; ranks are
 * spread over the people by a fixed step, so that popularity does not go with age.
 */
export function powerLawPicker(people: number, next: () => number): () => number {
  const exponent = 0.8;
  const reach = people ** (1 - exponent);
  const step = coprimeStep(people);
  return () => {
    const rank = Math.min(people - 1, Math.floor((1 + next() * (reach - 1)) ** (1 / (1 - exponent))) - 1);
    return (Math.max(0, rank) * step) % people;
  };
}

function coprimeStep(people: number): number {
  let step = Math.floor(people * 0.618) | 1;
  while (divisor(step, people) !== 1) step += 2;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
