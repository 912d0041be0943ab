import type { Community } from '../data/generate.ts';
import { load } from '../load/load.ts';
import type { ServerProcess } from '../server/process.ts';
import { home, homesAnew, newPost } from './requests.ts';

/** 99th percentiles of the home timelines of others, in milliseconds: before, and while the celebrity posts. */
export interface CelebrityPosts {
  readonly beforeP99Ms: number;
  readonly duringP99Ms: number;
}

const POSTS_PER_SECOND = 1;
const CONNECTIONS = 16;

/**
 * Others read home at a steady rate, which the server bears easily; then they do the same while the celebrity posts once a second. All of them follow the celebrity, so each post changes the home of
 * everybody who comes `back`, whose home is from memory otherwise; the homes of those who come `anew` are made for each request in any case.
 */
export async function measureCelebrity(
  server: ServerProcess,
  community: Community,
  ratePerSecond: number,
  seconds: number,
): Promise<{ readonly back: CelebrityPosts; readonly anew: CelebrityPosts }> {
  const target = { host: server.address.hostname, port: Number(server.address.port), seconds };
  const readers = { ...community, tokens: community.tokens.slice(1) };
  const requests = readers.tokens.map(home);
  const back = { requests, order: requests.map((_, index) => index) };
  const posting = { ...target, requests: [newPost(community.tokens[0]!)], order: [0], connections: 1 };

  async function measure(reads: typeof back): Promise<CelebrityPosts> {
    const reading = { ...target, ...reads, ratePerSecond, connections: CONNECTIONS };
    await load({ ...reading, seconds: 3 });
    const before = await load(reading);
    const [during] = await Promise.all([load(reading), load({ ...posting, ratePerSecond: POSTS_PER_SECOND })]);
    return { beforeP99Ms: before.all.p99, duringP99Ms: during.all.p99 };
  }

  return { back: await measure(back), anew: await measure(homesAnew(readers)) };
}
