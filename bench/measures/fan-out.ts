import { join } from 'node:path';
import { createHistogram } from 'node:perf_hooks';
import { type Plaza, startPlaza } from '#apps/plaza/plaza.ts';
import { feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import { serviceContext } from '#platform/calls/context.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { loadConfig } from '#platform/config/config.ts';
import { asPerson, inParallel } from '../data/callers.ts';
import { type Callable, type Community, draft, type Report } from '../data/generate.ts';

export interface FanOut {
  /** Entries written into homes. */
  readonly deliveries: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly cpuUsEach: number;
  /** 99th percentile of what people with few followers wait for a post, in milliseconds: alone, and while the fan-out runs. */
  readonly quietPostP99Ms: number;
  readonly busyPostP99Ms: number;
}

export interface Author {
  readonly id: string;
  readonly followers: number;
}

/** People who read home, and so get pushes: enough for large fan-outs, few enough to come in within minutes. */
const MOST_ACTIVE = 4_000;
const FOLLOWERS_PER_CALL = 500;

/** How many of the most followed people post, and how often. */
const AUTHORS = 10;
const POSTS_EACH = 3;
/** How many others post at the same time, and how often in the comparison without a fan-out. */
const OTHERS = 16;
const QUIET_POSTS = 2_000;

/**
 * Up to 4,000 people read home once, so that posts are pushed to them; then the most followed people post, and the clock runs until the last entry is
 * written. Then they post again while others do, whose waiting is measured.
 */
export async function measureFanOut(community: Community, report: Report): Promise<FanOut> {
  const config = {
    ...loadConfig({ env: {} }),
    data: join(community.folder, 'data'),
    logLevel: 'error' as const,
    metricsPort: 'off' as const,
  };
  const plaza = await startPlaza({ config, serve: false });
  try {
    const active = await activate(plaza, community, report);
    const authors = await byFollowers(plaza, community);
    const famous = authors.slice(0, AUTHORS);
    const deliveries = POSTS_EACH * (await entriesOf(plaza, famous, active));
    const cpu = process.cpuUsage();
    const startMs = performance.now();
    await postFamous(plaza, famous);
    await plaza.drain();
    const seconds = (performance.now() - startMs) / 1_000;
    const used = process.cpuUsage(cpu);
    const others = authors.slice(-OTHERS);
    await postAll(plaza, others, QUIET_POSTS / 4);
    const quietPostP99Ms = await postAll(plaza, others, QUIET_POSTS);
    await plaza.drain();
    // Who waits for everything to be handled while others go on posting would wait for ever: a number of posts ends it.
    const [busyPostP99Ms] = await Promise.all([postAll(plaza, others, QUIET_POSTS), postFamous(plaza, famous)]);
    await plaza.drain();
    return {
      deliveries,
      seconds,
      perSecond: deliveries / seconds,
      cpuUsEach: (used.user + used.system) / deliveries,
      quietPostP99Ms,
      busyPostP99Ms,
    };
  } finally {
    await plaza.stop();
  }
}

/** Everybody reads home once, so that posts are pushed to them. */
export async function activate(
  plaza: Callable & Pick<Plaza, 'drain'>,
  everybody: Community,
  report: Report,
): Promise<ReadonlySet<string>> {
  const people = everybody.people.slice(0, MOST_ACTIVE);
  const feed = plaza.services.client(feedContract);
  await inParallel(people.length, 16, async (index) => {
    await feed.home({ page: { limit: 20 } }, asPerson(people[index]!));
    if (index % 100 === 0) report('Readers come in', index, people.length);
  });
  await plaza.drain();
  return new Set(people);
}

/** Most followed first. */
export async function byFollowers(plaza: Callable, { people }: Community): Promise<Author[]> {
  const user = plaza.services.client(userContract);
  const counted: Author[] = [];
  for (let start = 0; start < people.length; start += 500) {
    const ids = people.slice(start, start + 500);
    const { counts } = await user.getCounts({ ids }, serviceContext('bench', systemClock));
    counted.push(...counts.map(({ id, followers }) => ({ id, followers })));
  }
  return counted.sort((a, b) => b.followers - a.followers);
}

async function postFamous(plaza: Plaza, authors: readonly Author[]): Promise<void> {
  await inParallel(authors.length * POSTS_EACH, 4, (index) => post(plaza, authors[index % authors.length]!.id));
}

/** Homes that get an entry when each of the authors posts once. */
export async function entriesOf(
  plaza: Callable,
  authors: readonly Author[],
  active: ReadonlySet<string>,
): Promise<number> {
  const user = plaza.services.client(userContract);
  let entries = 0;
  for (const { id } of authors) {
    if (active.has(id)) entries++;
    let after: string | null = null;
    for (;;) {
      const context = serviceContext('bench', systemClock);
      const page: { readonly id: string }[] = (
        await user.followerIds({ accountId: id, after, limit: FOLLOWERS_PER_CALL }, context)
      ).followers;
      for (const follower of page) if (active.has(follower.id)) entries++;
      if (page.length < FOLLOWERS_PER_CALL) break;
      after = page.at(-1)!.id;
    }
  }
  return entries;
}

/** Makes so many posts, everyone the next as soon as the last was taken. Gives the 99th percentile of the waiting, in milliseconds. */
async function postAll(plaza: Plaza, authors: readonly Author[], posts: number): Promise<number> {
  const waits = createHistogram();
  let made = 0;
  const worker = async ({ id }: Author) => {
    while (made < posts) {
      made++;
      const startMs = performance.now();
      await post(plaza, id);
      waits.record(Math.max(1, Math.round((performance.now() - startMs) * 1_000)));
    }
  };
  await Promise.all(authors.map(worker));
  return waits.percentile(99) / 1_000;
}

let keys = 0;

export async function post(plaza: Callable, authorId: string): Promise<void> {
  const idempotencyKey = `bench-fan-out-${performance.timeOrigin}-${keys++}`;
  await plaza.services
    .client(postContract)
    .create({ draft: draft('To all of you, and to whom it concerns.'), idempotencyKey }, asPerson(authorId));
}
