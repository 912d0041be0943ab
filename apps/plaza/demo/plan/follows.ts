import type { Chance } from '../chance.ts';
import type { PlannedPerson } from './people.ts';

/** Who follows whom, by index. */
export interface Graph {
  readonly follows: readonly (readonly number[])[];
  readonly followers: readonly (readonly number[])[];
  /** Requests to locked accounts that nobody has answered. */
  readonly waiting: ReadonlySet<string>;
}

export const edge = (follower: number, followed: number): string => `${follower}>${followed}`;

const MEAN_FOLLOWS = 18;
/** A demo user with a full home. */
const DEMO_FOLLOWS = 60;
const WAITING_SHARE = 0.2;

/** A graph with few famous and many little known, denser between people who like the same things. */
export function planFollows(people: readonly PlannedPerson[], chance: Chance): Graph {
  const follows = people.map((_, follower) => chooseFollows(people, follower, chance));
  // Some follow back.
  for (const [follower, chosen] of follows.entries()) {
    for (const followed of chosen) if (chance.happens(0.25)) follows[followed]?.add(follower);
  }
  const followers = people.map((): number[] => []);
  const waiting = new Set<string>();
  for (const [follower, chosen] of follows.entries()) {
    for (const followed of chosen) {
      if (people[followed]?.locked && chance.happens(WAITING_SHARE)) waiting.add(edge(follower, followed));
      else followers[followed]?.push(follower);
    }
  }
  return { follows: follows.map((chosen) => [...chosen]), followers, waiting };
}

function chooseFollows(people: readonly PlannedPerson[], follower: number, chance: Chance): Set<number> {
  const wanted = follower === 0 ? DEMO_FOLLOWS : Math.round(MEAN_FOLLOWS * Math.exp(chance.between(-1.2, 0.9)));
  const mine = people[follower]?.topics ?? [];
  const weights = people.map((person, index) => {
    if (index === follower) return 0;
    const shared = person.topics.filter((topic) => mine.includes(topic)).length;
    return person.fame * (1 + shared * 1.5);
  });
  const chosen = new Set<number>();
  for (let tries = 0; chosen.size < Math.min(wanted, people.length - 1) && tries < wanted * 4; tries++) {
    const index = chance.weighted(weights);
    if (index !== follower) chosen.add(index);
  }
  return chosen;
}
