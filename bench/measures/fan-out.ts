import { join } from 'node:path';
import { type Plaza, startPlaza } from '#apps/plaza/plaza.ts';
import { feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { asPerson, inParallel } from '../data/callers.ts';
import { type Community, draft, type Report } from '../data/generate.ts';

export interface FanOut {
  /** Entries written into homes. */
  readonly deliveries: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly cpuUsEach: number;
}

/** How many of the most followed people post, and how often. */
const AUTHORS = 10;
const POSTS_EACH = 3;

/** Everybody reads home once, so that posts are pushed to them; then the most followed people post, and the clock runs until the last entry is written. */
export async function measureFanOut(community: Community, report: Report): Promise<FanOut> {
  const config = {
    ...loadConfig({ env: {} }),
    data: join(community.folder, 'data'),
    logLevel: 'error' as const,
    metricsPort: 'off' as const,
  };
  const plaza = await startPlaza({ config, serve: false });
  try {
    await activate(plaza, community, report);
    const authors = await mostFollowed(plaza, community);
    const { deliveries, elapsedMs, cpuUs } = await post(plaza, authors);
    return {
      deliveries,
      seconds: elapsedMs / 1_000,
      perSecond: deliveries / (elapsedMs / 1_000),
      cpuUsEach: cpuUs / deliveries,
    };
  } finally {
    await plaza.stop();
  }
}

async function activate(plaza: Plaza, { people }: Community, report: Report): Promise<void> {
  const feed = plaza.services.client(feedContract);
  await inParallel(people.length, 16, async (index) => {
    await feed.home({ page: { limit: 20 } }, asPerson(people[index]!));
    if (index % 100 === 0) report('Readers come in', index, people.length);
  });
  await plaza.drain();
}

async function mostFollowed(plaza: Plaza, { people }: Community): Promise<{ id: string; followers: number }[]> {
  const user = plaza.services.client(userContract);
  const counted: { id: string; followers: number }[] = [];
  for (let start = 0; start < people.length; start += 500) {
    const ids = people.slice(start, start + 500);
    const { counts } = await user.getCounts({ ids }, serviceContext('bench', systemClock));
    counted.push(...counts.map(({ id, followers }) => ({ id, followers })));
  }
  return counted.sort((a, b) => b.followers - a.followers).slice(0, AUTHORS);
}

async function post(plaza: Plaza, authors: readonly { id: string; followers: number }[]) {
  const service = plaza.services.client(postContract);
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  let deliveries = 0;
  await inParallel(authors.length * POSTS_EACH, 4, async (index) => {
    const author = authors[index % authors.length]!;
    await service.create(
      { draft: draft(`To all of you, ${index}`), idempotencyKey: `fan-out-${startMs}-${index}` },
      asPerson(author.id),
    );
    deliveries += author.followers;
  });
  await plaza.drain();
  const elapsedMs = performance.now() - startMs;
  const used = process.cpuUsage(cpu);
  return { deliveries, elapsedMs, cpuUs: used.user + used.system };
}
