import type { Clock } from '#platform/clock/clock.ts';
import { type Answer, succeeded } from './api.ts';
import { compareRelation } from './clients/looks.ts';
import type { Person } from './clients/person.ts';
import { type Judge, keyIn, maySee, type Status } from './clients/shown.ts';
import type { Findings } from './findings.ts';
import type { PostFact } from './truth/posts.ts';
import type { Truth } from './truth/truth.ts';

export interface AuditTools {
  readonly truth: Truth;
  readonly judge: Judge;
  readonly findings: Findings;
  readonly people: readonly Person[];
  readonly clock: Clock;
}

const TRIES = 30;
const AGAIN_MS = 500;
/** Pages of a walk that never ends. */
const MAX_PAGES = 1_000;
/** A follow brings so many of the newest posts of the followed one to home; what is older stays on the profile. */
const BROUGHT_BY_FOLLOW = 40;

/**
 * Compares all that people can see with all that was acknowledged. Nothing may be under way. Only posts from this number on are looked for, so that the
 * looking after each fault does not take longer and longer.
 */
export async function audit(tools: AuditTools, from: number): Promise<void> {
  const oldest = tools.truth.posts.from(from)[0];
  await Promise.all(
    tools.people.map(async (person) => {
      await auditRelations(tools, person);
      if (oldest === undefined) return;
      await auditHome(tools, person, from);
      await auditProfile(tools, person, from);
    }),
  );
}

/** Every post of those whom somebody follows, once, and nothing that they may not see. Of what was written before the follow, the newest. */
async function auditHome(tools: AuditTools, person: Person, from: number): Promise<void> {
  const { truth, findings } = tools;
  const { relations } = truth;
  const { index } = person;
  const shown = await walk(tools, person, '/api/v1/timelines/home?limit=40', 'home', from);
  const wanted = truth.posts.from(from).filter((post) => {
    const mine = post.author === index || relations.follows(index, post.author) === 'yes';
    return (
      mine &&
      post.state === 'there' &&
      maySee(truth, index, post, truth.mark()) === 'yes' &&
      isBrought(truth, index, post)
    );
  });
  for (const post of wanted.filter((each) => !shown.has(each))) {
    findings.add('incomplete', `home of person ${index} lacks post ${post.id} (${post.key}) of person ${post.author}`);
  }
}

function isBrought({ posts, relations }: Truth, viewer: number, post: PostFact): boolean {
  if (post.author === viewer || post.changedAt > relations.followChangedAt(viewer, post.author)) return true;
  const newer = posts.from(post.number + 1).filter(({ author }) => author === post.author);
  return newer.length < BROUGHT_BY_FOLLOW;
}

/** Whatever somebody was acknowledged to have written stands on their profile, with its likes. */
async function auditProfile(tools: AuditTools, person: Person, from: number): Promise<void> {
  const { truth, findings } = tools;
  const statuses = new Map<string, Status>();
  const path = `/api/v1/accounts/${person.id}/statuses?limit=40`;
  const shown = await walk(tools, person, path, 'the own profile', from, (status) =>
    statuses.set(keyIn(status) ?? '', status),
  );
  const mine = truth.posts.from(from).filter(({ author, state }) => author === person.index && state === 'there');
  for (const post of mine) {
    if (!shown.has(post)) {
      findings.add('lost', `post ${post.id} (${post.key}) is not on the profile of person ${person.index}`);
      continue;
    }
    const status = statuses.get(post.key)!;
    countLikes(findings, post, status.favourites_count);
    for (const { url } of status.media_attachments) await lookAtPicture(tools, person, post, url);
    if (post.hasPicture && status.media_attachments.length === 0) {
      findings.add('lost', `the picture of post ${post.id} (${post.key})`);
    }
  }
}

function countLikes(findings: Findings, post: PostFact, count: number): void {
  const beliefs = [...post.likes.values()];
  const sure = beliefs.filter((belief) => belief === 'yes').length;
  const most = sure + beliefs.filter((belief) => belief === 'unknown').length;
  if (count >= sure && count <= most) return;
  const given = most === sure ? `${sure}` : `${sure} to ${most}`;
  findings.add('miscounted', `post ${post.id} (${post.key}) has ${count} likes; ${given} were given`);
}

async function lookAtPicture(tools: AuditTools, person: Person, post: PostFact, url: string): Promise<void> {
  const { pathname, search } = new URL(url);
  const { status } = await insist(tools, () => person.api.get(pathname + search));
  if (status !== 200) tools.findings.add('lost', `the picture of post ${post.id} (${post.key}): ${status}`);
}

async function auditRelations(tools: AuditTools, person: Person): Promise<void> {
  const others = tools.people.filter((other) => other !== person);
  const query = others.map(({ id }) => `id[]=${id}`).join('&');
  const answer = await insist(tools, () => person.api.get(`/api/v1/accounts/relationships?${query}`));
  if (!succeeded(answer)) return noAnswer(answer, 'relationships');
  const told = new Map((answer.body as { id: string; following: boolean; blocking: boolean }[]).map((r) => [r.id, r]));
  for (const other of others) {
    const relation = told.get(other.id) ?? { following: false, blocking: false };
    compareRelation({ truth: tools.truth, person }, other.index, relation, tools.findings);
  }
}

/** Reads a list from its newest to below the given post, and gives the posts that it showed. */
async function walk(
  tools: AuditTools,
  person: Person,
  first: string,
  where: string,
  from: number,
  each: (status: Status) => void = () => {},
): Promise<Set<PostFact>> {
  const { truth, judge } = tools;
  const all: Status[] = [];
  const since = truth.mark();
  const place = { viewer: person.index, where };
  let path: string | undefined = first;
  for (let page = 0; path !== undefined && page < MAX_PAGES; page++) {
    const at: string = path;
    const answer = await insist(tools, () => person.api.get(at));
    if (!succeeded(answer)) noAnswer(answer, where);
    const statuses = answer.body as Status[];
    all.push(...statuses);
    path = statuses.length > 0 && !isBelow(tools, statuses.at(-1)!, from) ? answer.next : undefined;
  }
  all.forEach(each);
  return new Set(judge.shown(all, since, place));
}

/** Whether a list that is sorted by age has come to what nobody asks for. */
function isBelow({ truth }: AuditTools, status: Status, from: number): boolean {
  const oldest = truth.posts.from(from).reduce<string | undefined>((least, { id }) => {
    return least === undefined || BigInt(id!) < BigInt(least) ? id : least;
  }, undefined);
  return oldest !== undefined && BigInt(status.id) < BigInt(oldest);
}

async function insist({ clock }: AuditTools, send: () => Promise<Answer>): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const answer = await send();
    if ((answer.status !== 0 && answer.status < 500) || tried === TRIES) return answer;
    await clock.wait(AGAIN_MS);
  }
}

function noAnswer({ status, text }: Answer, where: string): never {
  throw new Error(`Nothing is broken any more, and still ${where} cannot be read: ${status} ${text}`);
}
