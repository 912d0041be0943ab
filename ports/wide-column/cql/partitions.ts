import type { CqlSession } from './session.ts';
import type { CqlTable } from './wide-column.ts';

/** Tokens lie from here to as far above zero. */
const FIRST_TOKEN = -(2n ** 63n);
const TOKENS = 2n ** 64n;

/**
 * One page in the order of tokens, which are what a next page can begin after. Two partitions may have one token: the last of a page has all of its partitions
 * there, so that none is skipped.
 */
export async function readPartitions(
  session: CqlSession,
  { codec, cql }: CqlTable,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
) {
  const start = after === undefined ? [] : [BigInt(after)];
  const query = cql.partitions(after !== undefined);
  for (let wanted = limit + 1; ; wanted *= 2) {
    const rows = await session.read(query, [...start, wanted], wanted);
    const isLast = rows.length < wanted;
    const following = tokenOf(rows.at(-1));
    const whole = isLast ? rows : rows.filter((row) => tokenOf(row) !== following);
    if (whole.length === 0 && !isLast) continue;
    const last = tokenOf(whole.at(-1));
    return {
      partitions: whole.map((row) => codec.toPartition(row)),
      next: isLast ? undefined : String(last),
      about: after !== undefined ? undefined : isLast ? whole.length : estimate(whole.length, last),
    };
  }
}

function tokenOf(row: unknown): bigint {
  return (row as { _token: bigint } | undefined)?._token ?? FIRST_TOKEN;
}

/** Tokens are spread evenly: so many up to this one make so many in all. */
function estimate(count: number, last: bigint): number {
  const share = Number(((last - FIRST_TOKEN) * 1_000_000n) / TOKENS) / 1_000_000;
  return Math.round(count / Math.max(share, 0.000_001));
}
