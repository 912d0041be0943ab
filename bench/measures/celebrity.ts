import type { Community } from '../data/generate.ts';
import { load } from '../load/load.ts';
import type { ServerProcess } from '../server/process.ts';
import { home, newPost } from './requests.ts';

export interface CelebrityPosts {
  /** 99th percentile of the home timelines of others, in milliseconds: before, and while the celebrity posts. */
  readonly beforeP99Ms: number;
  readonly duringP99Ms: number;
}

const POSTS_PER_SECOND = 1;
const CONNECTIONS = 16;

/** Others read home at a steady rate, which the server bears easily; then they do the same while the celebrity posts once a second. */
export async function measureCelebrity(
  server: ServerProcess,
  { tokens }: Community,
  ratePerSecond: number,
  seconds: number,
): Promise<CelebrityPosts> {
  const target = { host: server.address.hostname, port: Number(server.address.port), seconds };
  const requests = tokens.slice(1).map(home);
  const reading = { ...target, requests, order: requests.map((_, index) => index), connections: CONNECTIONS };
  await load({ ...reading, ratePerSecond, seconds: 3 });
  const before = await load({ ...reading, ratePerSecond });
  const posting = { ...target, requests: [newPost(tokens[0]!)], order: [0], connections: 1 };
  const [during] = await Promise.all([
    load({ ...reading, ratePerSecond }),
    load({ ...posting, ratePerSecond: POSTS_PER_SECOND }),
  ]);
  return { beforeP99Ms: before.all.p99, duringP99Ms: during.all.p99 };
}
