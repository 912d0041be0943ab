import { succeeded } from '../api.ts';
import type { Self } from './client.ts';
import type { Deed } from './deeds.ts';
import { maySee, stoodSince } from './shown.ts';

/** The newest posts, which people open. */
const RECENT = 300;

async function list(self: Self, path: string, where: string): Promise<boolean> {
  const since = self.truth.mark();
  const answer = await self.person.api.get(path);
  if (!succeeded(answer)) return false;
  self.judge.shown(answer.body, since, { viewer: self.person.index, where });
  return true;
}

function home(self: Self): Promise<boolean> {
  return list(self, '/api/v1/timelines/home?limit=20', 'home');
}

function publicTimeline(self: Self): Promise<boolean> {
  return list(self, '/api/v1/timelines/public?local=true&limit=20', 'the public timeline');
}

async function profile(self: Self): Promise<boolean> {
  const who = self.chance.pick(self.people)!;
  return list(self, `/api/v1/accounts/${who.id}/statuses?limit=20`, `the profile of person ${who.index}`);
}

/** Whoever may see it finds it, one's own at once, and nobody else does. */
async function onePost(self: Self): Promise<boolean> {
  const { truth, person, chance, findings } = self;
  const recent = truth.posts.from(truth.posts.count - RECENT);
  const own = recent.filter(({ author }) => author === person.index);
  const post = chance.next() < 0.5 ? own.at(-1) : chance.pick(recent);
  if (post === undefined) return false;
  const since = truth.mark();
  const answer = await person.api.get(`/api/v1/statuses/${post.id}`);
  const where = `post ${post.id} (${post.key}) of person ${post.author}, asked for by person ${person.index}`;
  if (succeeded(answer)) self.judge.shown([answer.body], since, { viewer: person.index, where: 'a page of its own' });
  else if (answer.status !== 404) return false;
  else if (stoodSince(post, since) && maySee(truth, person.index, post, since) === 'yes') findings.add('lost', where);
  return true;
}

/** What somebody was acknowledged to follow or block, they do. */
async function relationship(self: Self): Promise<boolean> {
  const { truth, person, people, chance, findings } = self;
  const who = chance.pick(people)!;
  if (who === person) return false;
  const since = truth.mark();
  const answer = await person.api.get(`/api/v1/accounts/relationships?id[]=${who.id}`);
  if (!succeeded(answer)) return false;
  if (!truth.relations.steadySince(person.index, who.index, since)) return true;
  const [told] = answer.body as { following: boolean; blocking: boolean }[];
  compareRelation(self, who.index, told!, findings);
  return true;
}

/** Compares what the platform says of two with what was acknowledged. */
export function compareRelation(
  { truth, person }: Pick<Self, 'truth' | 'person'>,
  to: number,
  told: { readonly following: boolean; readonly blocking: boolean },
  findings: Self['findings'],
): void {
  const { relations } = truth;
  const wanted = { following: relations.follows(person.index, to), blocking: relations.blocks(person.index, to) };
  for (const what of ['following', 'blocking'] as const) {
    const is = told[what] ? 'yes' : 'no';
    if (wanted[what] !== 'unknown' && wanted[what] !== is) {
      findings.add('lost', `person ${person.index} ${what} person ${to}: acknowledged ${wanted[what]}, is ${is}`);
    }
  }
}

export const LOOKS = { home, publicTimeline, profile, onePost, relationship } as const satisfies Record<string, Deed>;

export type LookName = keyof typeof LOOKS;
