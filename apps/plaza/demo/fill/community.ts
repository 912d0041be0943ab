import { Chance } from '../chance.ts';
import { planFollows } from '../plan/follows.ts';
import { DEMO_USERNAME, planPeople } from '../plan/people.ts';
import { planPosts, SPAN_MS } from '../plan/posts.ts';
import { makeFollows } from './follows.ts';
import { makePeople } from './people.ts';
import { makePosts } from './posts.ts';
import type { Stage } from './stage.ts';

const DAY_MS = 24 * 3_600_000;
/** People joined in the days before the first post. */
const JOINING_MS = 9 * DAY_MS;
/** How far in the past the clock has to begin. */
export const BEGIN_BEHIND_MS = SPAN_MS + JOINING_MS + DAY_MS;

export interface CommunitySize {
  readonly people: number;
  readonly posts: number;
  readonly seed: number;
}

export interface Community {
  readonly username: string;
  readonly password: string;
  readonly people: number;
  readonly follows: number;
  readonly posts: number;
}

/** Fills a Plaza up to `presentMs`: an empty one that stands {@link BEGIN_BEHIND_MS} in the past, or one in the present, where everything is then of today. */
export async function fillCommunity(
  stage: Stage,
  { people: count, posts: total, seed }: CommunitySize,
  presentMs: number,
): Promise<Community> {
  const chance = new Chance(seed);
  const people = planPeople(count, await freeSuffix(stage), chance.fork());
  const graph = planFollows(people, chance.fork());
  const posts = planPosts(people, graph, total, presentMs, chance.fork());
  const firstPostMs = presentMs - SPAN_MS;
  const { ids, demoPassword } = await makePeople(stage, people, firstPostMs, seed);
  await makeFollows(stage, ids, people, graph);
  await arrange(stage, ids[0]!, ids, graph.follows[0] ?? []);
  await makePosts(stage, { ids, people, graph, posts, presentMs, chance: chance.fork() });
  await stage.leapTo(presentMs);
  stage.report('Delivering', 0, 1);
  await stage.plaza.drain();
  stage.report('Delivering', 1, 1);
  return {
    username: people[0]!.username,
    password: demoPassword,
    people: ids.length,
    follows: graph.follows.reduce((sum, chosen) => sum + chosen.length, 0),
    posts: posts.length,
  };
}

/** What sets these usernames apart from those of an earlier demo: nothing, or the first free number. */
async function freeSuffix(stage: Stage): Promise<string> {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : String(number);
    const usernames = [DEMO_USERNAME + suffix];
    const { accounts } = await stage.user.resolveUsernames({ usernames }, stage.plaza.operator.context());
    if (accounts.length === 0) return suffix;
  }
}

/** What the demo user keeps for themselves: lists, a followed hashtag and a filter. */
async function arrange(
  stage: Stage,
  demoId: string,
  ids: readonly string[],
  follows: readonly number[],
): Promise<void> {
  const context = () => stage.as(demoId);
  const titles = ['Early birds', 'People with good tea'];
  for (const [number, title] of titles.entries()) {
    const { id: listId } = await stage.feed.createList(
      { title, repliesPolicy: 'followed', exclusive: false },
      context(),
    );
    const { relationships } = await stage.user.relationships({ ids: follows.map((index) => ids[index]!) }, context());
    const members = relationships.filter(({ following }) => following).map(({ id }) => id);
    await stage.feed.addListMembers(
      { listId, accountIds: members.filter((_, index) => index % titles.length === number).slice(0, 12) },
      context(),
    );
  }
  for (const name of ['nightsky', 'sourdough']) await stage.feed.followTag({ name }, context());
  await stage.feed.createFilter(
    {
      title: 'Hot dogs',
      contexts: ['home', 'public'],
      expiresInSeconds: null,
      action: 'warn',
      keywords: [{ keyword: 'hot dog', wholeWord: false }],
    },
    context(),
  );
}
