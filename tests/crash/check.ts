import assert from 'node:assert/strict';
import { type ApiAnswer, ApiClient } from '#tests/constellation/api-client.ts';
import type { Act } from './acts.ts';
import type { Model, Post } from './model.ts';
import type { Person } from './people.ts';

const MOST_TRIES = 10;

export interface World {
  /** Whoever left keeps the index. */
  readonly people: readonly Person[];
  /** With every act, all of them acknowledged. */
  readonly model: Model;
}

interface Status {
  readonly id: string;
  readonly content: string;
  readonly account: { readonly id: string };
  readonly reblog: Status | null;
  readonly edited_at: string | null;
  readonly favourites_count: number;
  readonly reblogs_count: number;
  readonly replies_count: number;
  readonly favourited: boolean;
  readonly reblogged: boolean;
  readonly bookmarked: boolean;
  readonly media_attachments: readonly unknown[];
  readonly poll: null | {
    readonly voters_count: number;
    readonly own_votes: readonly number[];
    readonly options: readonly { readonly title: string; readonly votes_count: number }[];
  };
}

/** Every acknowledged post is in every follower's home once, with its counts right, nothing else is, and nobody's numbers are off. */
export async function checkWorld(world: World): Promise<void> {
  const { model, people } = world;
  for (const [reader, { api }] of people.entries()) {
    if (model.left.has(reader)) continue;
    await checkHome(world, reader);
    await checkList(world, reader, 'favourites', ({ likes }) => likes.has(reader));
    await checkList(world, reader, 'bookmarks', ({ bookmarks }) => bookmarks.has(reader));
    const { body } = await get(api, '/api/v1/accounts/verify_credentials');
    const found = { posts: body.statuses_count, followers: body.followers_count, following: body.following_count };
    assert.deepEqual(found, numbersOf(model, reader), `numbers of reader ${reader}`);
  }
  const { body: usage } = await get(anyoneOf(people), '/nodeinfo/2.0');
  assert.equal(usage.usage.localPosts, model.live().length, 'number of posts of the community');
  assert.equal(usage.usage.users.total, people.length - model.left.size, 'number of people of the community');
}

async function checkHome({ people, model }: World, reader: number): Promise<void> {
  const byText = new Map(model.live().map((post) => [post.texts.at(-1)!, post]));
  const shown = await wholeList(people[reader]!.api, '/api/v1/timelines/home');
  assert.equal(
    new Set(shown.map(({ id }) => id)).size,
    shown.length,
    `reader ${reader}: an entry stands twice in home`,
  );
  const own = new Set<Post>();
  const reposts = new Set<string>();
  for (const status of shown) {
    const text = textIn(status.reblog ?? status);
    const post = byText.get(text);
    assert.ok(post, `home of reader ${reader}: nobody acknowledged "${text}" (${status.id})`);
    checkStatus(status.reblog ?? status, post, reader, model);
    if (status.reblog === null) {
      assert.ok(standsInHome(model, reader, post), `home of reader ${reader}: "${text}" does not belong there`);
      assert.ok(!own.has(post), `home of reader ${reader}: "${text}" was made twice`);
      own.add(post);
    } else {
      const actor = people.findIndex(({ id }) => id === status.account.id);
      const repost = `${text} by ${actor}`;
      const stands = post.reposts.has(actor) && model.follows(reader, actor);
      assert.ok(stands, `home of reader ${reader}: repost of "${repost}" does not belong there`);
      assert.ok(!reposts.has(repost), `home of reader ${reader}: repost of "${repost}" stands twice`);
      reposts.add(repost);
    }
  }
  const met = new Set(shown.map((status) => textIn(status.reblog ?? status)));
  for (const what of [...model.homes.get(reader)!.values()].flatMap((certain) => [...certain])) {
    const post = 'post' in what ? what.post : what;
    if (post.isGone) continue;
    // A repost may be folded into what shows the same post below it.
    if ('post' in what ? post.reposts.get(what.actor) !== what : !standsInHome(model, reader, post)) continue;
    const isThere = 'post' in what ? met.has(post.texts.at(-1)!) : own.has(post);
    assert.ok(isThere, `home of reader ${reader}: "${post.texts.at(-1)}" of ${post.author} is missing`);
  }
}

/** Of whom one follows; and what they reply to somebody else only where one follows them too. */
function standsInHome(model: Model, reader: number, { author, parent }: Post): boolean {
  if (!model.follows(reader, author)) return false;
  return author === reader || parent === undefined || parent.author === author || model.follows(reader, parent.author);
}

function checkStatus(status: Status, post: Post, viewer: number, model: Model): void {
  const replies = model.live().filter(({ parent }) => parent === post).length;
  const choice = post.votes.get(viewer);
  const options = (post.options ?? []).map((title, index) => ({
    title,
    votes_count: [...post.votes.values()].filter((vote) => vote === index).length,
  }));
  assert.deepEqual(
    {
      likes: status.favourites_count,
      reposts: status.reblogs_count,
      replies: status.replies_count,
      liked: status.favourited,
      reposted: status.reblogged,
      bookmarked: status.bookmarked,
      edited: status.edited_at !== null,
      pictures: status.media_attachments.length,
      poll: status.poll && [status.poll.options, status.poll.voters_count, status.poll.own_votes],
    },
    {
      likes: post.likes.size,
      reposts: post.reposts.size,
      replies,
      liked: post.likes.has(viewer),
      reposted: post.reposts.has(viewer),
      bookmarked: post.bookmarks.has(viewer),
      edited: post.texts.length > 1,
      pictures: post.made.media === undefined ? 0 : 1,
      poll: post.options === undefined ? null : [options, post.votes.size, choice === undefined ? [] : [choice]],
    },
    `post ${status.id} "${post.texts.at(-1)}" as ${viewer} sees it`,
  );
}

async function checkList(
  { people, model }: World,
  reader: number,
  name: string,
  belongs: (post: Post) => boolean,
): Promise<void> {
  const shown = await wholeList(people[reader]!.api, `/api/v1/${name}`);
  const wanted = model.live().filter(belongs);
  assert.deepEqual(shown.map(({ id }) => id).sort(), wanted.map(({ made }) => made.id!).sort(), `${name} of ${reader}`);
}

function numbersOf(model: Model, person: number) {
  const live = model.live();
  const reposts = live.filter(({ reposts }) => reposts.has(person)).length;
  return {
    posts: live.filter(({ author }) => author === person).length + reposts,
    followers: [...model.homes.keys()].filter((reader) => reader !== person && model.follows(reader, person)).length,
    following: model.homes.get(person)!.size - 1,
  };
}

/** What these acts changed, asked for by its address: what is gone is gone everywhere, and what was edited shows how. */
export async function checkAfter(world: World, acts: readonly Act[]): Promise<void> {
  const { model } = world;
  for (const act of acts) {
    if (act.kind === 'leave') {
      await checkGone(world, act.actor);
      for (const post of model.posts) if (post.author === act.actor) await checkPost(world, post);
    } else if (act.kind === 'picture') await checkPost(world, model.post(act));
    else if (act.kind === 'edit' || act.kind === 'delete') await checkPost(world, model.post(act.target!));
  }
}

async function checkPost({ people }: World, { made, texts, isGone }: Post): Promise<void> {
  const anyone = anyoneOf(people);
  const path = `/api/v1/statuses/${made.id}`;
  const history = await get(anyone, `${path}/history`);
  for (const answer of [history, await get(anyone, path), await get(anyone, `${path}/context`)]) {
    assert.equal(answer.status, isGone ? 404 : 200, `post ${made.id}: ${answer.text}`);
  }
  if (!isGone) assert.deepEqual(history.body.map(textIn), texts, `history of post ${made.id}`);
  if (made.media === undefined) return;
  const { pathname } = new URL(made.media.url);
  assert.equal((await get(anyone, pathname)).status, isGone ? 404 : 200, `${pathname} of post ${made.id}`);
}

async function checkGone({ people }: World, leaver: number): Promise<void> {
  const { id, username, api } = people[leaver]!;
  const anyone = anyoneOf(people);
  assert.equal((await get(api, '/api/v1/accounts/verify_credentials')).status, 401, `the token of ${username}`);
  for (const path of [`/api/v1/accounts/${id}`, `/api/v1/accounts/lookup?acct=${username}`]) {
    assert.equal((await get(anyone, path)).status, 404, path);
  }
}

/** Whoever deleted a post may still open its pictures, to post them again; nobody else may. */
function anyoneOf(people: readonly Person[]): ApiClient {
  return new ApiClient(people[0]!.api.address);
}

function textIn({ content }: { readonly content: string }): string {
  return content.replace(/<[^>]+>/g, '');
}

/** A busy server may put a question off, but not for ever. */
async function get(api: ApiClient, path: string): Promise<ApiAnswer> {
  for (let tries = 1; ; tries++) {
    const answer = await api.get(path);
    if ((answer.status !== 503 && answer.status !== 504) || tries === MOST_TRIES) return answer;
  }
}

async function wholeList(api: ApiClient, start: string): Promise<Status[]> {
  const all: Status[] = [];
  for (let path = `${start}?limit=40`; path !== ''; ) {
    const answer = await get(api, path);
    assert.equal(answer.status, 200, answer.text);
    all.push(...(answer.body as Status[]));
    path = /<[^>]*(\/api\/[^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
  }
  return all;
}
