import type { Audience, PostFact } from '../truth/posts.ts';
import type { Insisted, Self } from './client.ts';
import { maySee, stoodSince, textOf } from './shown.ts';

/** Does one thing, and notes in the truth what was acknowledged. Answers whether something was. */
export type Deed = (self: Self) => Promise<boolean>;

const PRIVATE_SHARE = 0.3;
/** The newest posts, which people like. */
const RECENT = 150;

async function write(self: Self, audience: Audience, mediaId?: string): Promise<boolean> {
  const { truth, person } = self;
  const key = self.newKey();
  const post = truth.posts.begin({ key, author: person.index, audience, hasPicture: mediaId !== undefined });
  const body = {
    status: textOf(key),
    visibility: audience,
    ...(mediaId === undefined ? {} : { media_ids: [mediaId] }),
  };
  const { outcome, answer } = await self.insist('POST', '/api/v1/statuses', { body, key });
  if (outcome === 'done') truth.posts.acknowledged(post, answer.body.id);
  else truth.posts.change(post, 'unsure');
  if (outcome === 'refused') refused(self, `post ${key}`, answer);
  return outcome === 'done';
}

function refused(self: Self, what: string, { status, text }: Insisted['answer']): void {
  self.findings.add('refused', `${what} by person ${self.person.index}: ${status} ${text.slice(0, 200)}`);
}

const audience = (self: Self): Audience => (self.chance.next() < PRIVATE_SHARE ? 'private' : 'public');

async function picture(self: Self): Promise<boolean> {
  const form = new FormData();
  form.set('file', await self.picture(), 'picture.png');
  const { outcome, answer } = await self.insist('POST', '/api/v2/media', { body: form });
  if (outcome === 'refused') refused(self, 'upload', answer);
  return outcome === 'done' ? write(self, audience(self), answer.body.id) : false;
}

async function remove(self: Self): Promise<boolean> {
  const { truth, person, chance } = self;
  const mine = truth.posts.from(0).filter(({ author, state }) => author === person.index && state === 'there');
  const post = chance.pick(mine);
  if (post === undefined) return false;
  truth.posts.change(post, 'removing');
  const { outcome, answer, repeated } = await self.insist('DELETE', `/api/v1/statuses/${post.id}`);
  const gone = outcome === 'done' || (repeated && answer.status === 404);
  truth.posts.change(post, gone ? 'removed' : 'unsure');
  if (!gone && outcome === 'refused') lostOrRefused(self, `removal of post ${post.id} (${post.key})`, answer);
  return gone;
}

/** A 404 for what was acknowledged says that it is gone. */
function lostOrRefused(self: Self, what: string, answer: Insisted['answer']): void {
  if (answer.status === 404) self.findings.add('lost', `${what} by person ${self.person.index}: 404`);
  else refused(self, what, answer);
}

async function react(self: Self, verb: 'favourite' | 'unfavourite', post: PostFact | undefined): Promise<boolean> {
  if (post === undefined) return false;
  const { truth, person } = self;
  const since = truth.mark();
  post.likes.set(person.index, 'unknown');
  const { outcome, answer } = await self.insist('POST', `/api/v1/statuses/${post.id}/${verb}`);
  if (outcome === 'done') post.likes.set(person.index, verb === 'favourite' ? 'yes' : 'no');
  const wasThere = stoodSince(post, since) && maySee(truth, person.index, post, since) === 'yes';
  if (outcome === 'refused' && wasThere) lostOrRefused(self, `${verb} of post ${post.id} (${post.key})`, answer);
  return outcome === 'done';
}

function like(self: Self): Promise<boolean> {
  const { truth, person, chance } = self;
  const may = truth.posts
    .from(truth.posts.count - RECENT)
    .filter((post) => stoodSince(post, truth.mark()) && maySee(truth, person.index, post, truth.mark()) === 'yes');
  return react(self, 'favourite', chance.pick(may));
}

function unlike(self: Self): Promise<boolean> {
  const { truth, person, chance } = self;
  const liked = truth.posts
    .from(truth.posts.count - RECENT)
    .filter((post) => post.state === 'there' && post.likes.get(person.index) === 'yes');
  return react(self, 'unfavourite', chance.pick(liked));
}

async function relate(self: Self, verb: 'follow' | 'unfollow' | 'block' | 'unblock', to: number | undefined) {
  if (to === undefined) return false;
  const { truth, person, people } = self;
  const { relations } = truth;
  const since = truth.mark();
  const wanted = verb === 'follow' || verb === 'block' ? 'yes' : 'no';
  const free = relations.blocked(person.index, to) === 'no' && relations.steadySince(person.index, to, since);
  const following = verb === 'follow' || verb === 'unfollow';
  const end = following
    ? relations.beginFollow(person.index, to, wanted)
    : relations.beginBlock(person.index, to, wanted);
  const before = truth.mark();
  const { outcome, answer } = await self.insist('POST', `/api/v1/accounts/${people[to]!.id}/${verb}`);
  const alone = free && relations.steadySince(person.index, to, before);
  end(outcome);
  if (outcome === 'refused' && (alone || !following)) refused(self, `${verb} of person ${to}`, answer);
  return outcome === 'done';
}

function other(self: Self, fits: (index: number) => boolean): number | undefined {
  const { person, people, chance } = self;
  return chance.pick(people.map(({ index }) => index).filter((index) => index !== person.index && fits(index)));
}

export const DEEDS = {
  post: (self) => write(self, audience(self)),
  picture,
  remove,
  like,
  unlike,
  follow: (self) =>
    relate(
      self,
      'follow',
      other(self, (to) => self.truth.relations.follows(self.person.index, to) !== 'yes' && mayApproach(self, to)),
    ),
  unfollow: (self) =>
    relate(
      self,
      'unfollow',
      other(self, (to) => self.truth.relations.follows(self.person.index, to) === 'yes'),
    ),
  block: (self) =>
    relate(
      self,
      'block',
      other(self, (to) => mayApproach(self, to)),
    ),
  unblock: (self) =>
    relate(
      self,
      'unblock',
      other(self, (to) => self.truth.relations.blocks(self.person.index, to) === 'yes'),
    ),
} as const satisfies Record<string, Deed>;

export type DeedName = keyof typeof DEEDS;

function mayApproach({ truth, person }: Self, to: number): boolean {
  return truth.relations.blocked(person.index, to) === 'no';
}
