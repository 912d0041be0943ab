/** A position in the write-ahead log (`16/B374D848`) as a number that grows with it. */
export function positionOf(text: string): bigint {
  const [high, low] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}
