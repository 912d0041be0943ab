import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ApiAnswer } from '#tests/constellation/api-client.ts';
import type { Audience, Post } from './model.ts';
import { AUDIENCES, type World } from './world.ts';

/** Something that somebody does. It changes the product over its public interfaces and, once acknowledged, the oracle's memory. */
export interface Deed {
  readonly weight: number;
  /** Whether it did anything. */
  do(world: World): Promise<boolean>;
}

const PICTURE = readFileSync(new URL('../../services/gateway/assets/missing-avatar.png', import.meta.url));
export const TAGS = ['tea', 'rain'] as const;

const two = (world: World): [string, string] | undefined => {
  const names = world.model.active().map(({ name }) => name);
  if (names.length < 2) return undefined;
  const one = world.pick(names);
  return [one, world.pick(names.filter((name) => name !== one))];
};

const livePosts = (world: World) => world.model.posts.filter((post) => !post.deleted);

/** Acknowledged, or refused as it has to be. */
function answered(world: World, answer: ApiAnswer, status: number, text: string, ...about: string[]): void {
  if (status !== 200) world.tell(`${text} (refused)`, ...about);
  assert.equal(
    answer.status,
    status,
    `SEED=${world.seed}: ${text}: ${answer.status} ${answer.text}\n${world.story(...about)}`,
  );
}

/** `one` does something to `other` that is refused to nobody. */
const between = (
  weight: number,
  verb: string,
  path: string,
  then: (world: World, one: string, other: string) => void,
): Deed => ({
  weight,
  async do(world) {
    const pair = two(world);
    if (pair === undefined) return false;
    const [one, other] = pair;
    const answer = await world.api(one).post(`/api/v1/accounts/${world.accountId(other)}/${path}`);
    assert.equal(answer.status, 200, `SEED=${world.seed}: ${one} ${verb} ${other}: ${answer.text}`);
    then(world, one, other);
    world.tell(`${one} ${verb} ${other}`, one, other);
    return true;
  },
});

const follow: Deed = {
  weight: 14,
  async do(world) {
    const pair = two(world);
    if (pair === undefined) return false;
    const [one, other] = pair;
    const { model, rules } = world;
    const reblogs = world.chance(0.8);
    const answer = await world.api(one).post(`/api/v1/accounts/${world.accountId(other)}/follow`, { reblogs });
    const refused = rules.blockBetween(one, other);
    const asks = model.person(other).locked && !model.follows.has(one, other);
    const text = `${one} ${asks ? 'asks to follow' : 'follows'} ${other}${reblogs ? '' : ' without reposts'}`;
    answered(world, answer, refused ? 403 : 200, text, one, other);
    if (refused) return false;
    if (asks) model.requests.add(one, other);
    else if (!model.requests.has(one, other)) model.follows.add(one, other);
    if (reblogs) model.withoutShares.delete(one, other);
    else model.withoutShares.add(one, other);
    world.tell(text, one, other);
    return true;
  },
};

const decide: Deed = {
  weight: 6,
  async do(world) {
    const { model } = world;
    const waiting = model.active().flatMap(({ name }) => {
      const asking = model.requests.to(name).filter((asker) => model.person(asker).state === 'active');
      return asking.map((asker) => [name, asker] as const);
    });
    if (waiting.length === 0) return false;
    const [name, asker] = world.pick(waiting);
    const lets = world.chance(0.7);
    const path = `/api/v1/follow_requests/${world.accountId(asker)}/${lets ? 'authorize' : 'reject'}`;
    const text = `${name} ${lets ? 'lets' : 'does not let'} ${asker} follow`;
    answered(world, await world.api(name).post(path), 200, text, name, asker);
    model.requests.delete(asker, name);
    if (lets) model.follows.add(asker, name);
    world.tell(text, name, asker);
    return true;
  },
};

const lock: Deed = {
  weight: 3,
  async do(world) {
    const { model } = world;
    const person = world.pick(model.active());
    const locked = !person.locked;
    const text = `${person.name} ${locked ? 'locks' : 'unlocks'} the account`;
    answered(
      world,
      await world.api(person.name).patch('/api/v1/accounts/update_credentials', { locked }),
      200,
      text,
      person.name,
    );
    person.locked = locked;
    world.tell(text, person.name);
    if (locked) return true;
    // Whoever waits is let in, in a while.
    for (const asker of model.requests.to(person.name)) {
      model.requests.delete(asker, person.name);
      model.follows.add(asker, person.name);
    }
    await world.settle();
    return true;
  },
};

const write: Deed = {
  weight: 22,
  async do(world) {
    const { model, rules } = world;
    const author = world.pick(model.active()).name;
    const audience = world.pick<Audience>(['everyone', 'everyone', 'everyone, unlisted', 'followers', 'followers']);
    const answers = world.chance(0.45) && livePosts(world).length > 0 ? world.pick(livePosts(world)) : null;
    const named = world.chance(0.35) ? world.pick(model.active()).name : null;
    const tag = world.chance(0.4) ? world.pick(TAGS) : null;
    const poll = world.chance(0.15) ? { options: ['yes', 'no'], expires_in: 3_600 } : undefined;
    const picture = poll === undefined && world.chance(0.2) ? await upload(world, author) : undefined;
    const words = [`Word ${model.posts.length + 1}`, named && `@${named}`, tag && `#${tag}`].filter(Boolean).join(' ');
    // What was reposted is what a reply to a repost answers.
    const parent = answers?.shares ?? answers;
    const refused = answers !== null && !rules.maySee(author, answers);
    const answer = await world.api(author).post('/api/v1/statuses', {
      status: words,
      visibility: AUDIENCES[audience],
      ...(answers === null ? {} : { in_reply_to_id: world.known(answers).id }),
      ...(poll === undefined ? {} : { poll }),
      ...(picture === undefined ? {} : { media_ids: [picture] }),
    });
    const text = `${author} writes to ${audience}${parent ? ` in answer to ${parent.name} of ${parent.author}` : ''}: ${words}`;
    if (refused) {
      assert.ok(
        answer.status === 404 || answer.status === 422,
        `SEED=${world.seed}: ${text}: ${answer.status} ${answer.text}\n${world.story(author, answers.author, answers.name)}`,
      );
      return false;
    }
    assert.equal(
      answer.status,
      200,
      `SEED=${world.seed}: ${text}: ${answer.text}\n${world.story(author, parent?.author ?? null, parent?.name ?? null)}`,
    );
    const hears = named !== null && named !== author && !model.blocks.has(named, author);
    const post = world.remember(answer.body, {
      author,
      audience,
      mentions: new Set(hears ? [named] : []),
      tags: new Set(tag === null ? [] : [tag]),
      formerTags: new Set(),
      answers: parent,
      shares: null,
      hasPoll: poll !== undefined,
      hasPicture: picture !== undefined,
    });
    world.tell(
      `${text} (${post.name}${post.hasPoll ? ', a poll' : ''}${post.hasPicture ? ', with a picture' : ''})`,
      post.name,
      author,
    );
    return true;
  },
};

async function upload(world: World, author: string): Promise<string> {
  const form = new FormData();
  form.set('file', new File([PICTURE], 'one.png', { type: 'image/png' }));
  return (await world.api(author).post('/api/v2/media', form)).body.id;
}

const change: Deed = {
  weight: 4,
  async do(world) {
    const { model } = world;
    const own = livePosts(world).filter(
      (post) =>
        post.shares === null && !post.hasPoll && !post.hasPicture && model.person(post.author).state === 'active',
    );
    if (own.length === 0) return false;
    const post = world.pick(own);
    const named = world.chance(0.5) ? world.pick(model.active()).name : null;
    const tag = world.chance(0.5) ? world.pick(TAGS) : null;
    const status = [`Changed ${world.deeds}`, named && `@${named}`, tag && `#${tag}`].filter(Boolean).join(' ');
    const text = `${post.author} changes ${post.name} to: ${status}`;
    answered(
      world,
      await world.api(post.author).put(`/api/v1/statuses/${world.known(post).id}`, { status }),
      200,
      text,
    );
    const hears = named !== null && named !== post.author && !model.blocks.has(named, post.author);
    post.mentions = new Set(hears ? [named] : []);
    for (const former of post.tags) post.formerTags.add(former);
    post.tags = new Set(tag === null ? [] : [tag]);
    world.tell(text, post.name, post.author);
    return true;
  },
};

const remove: Deed = {
  weight: 5,
  async do(world) {
    const own = livePosts(world).filter((post) => world.model.person(post.author).state === 'active');
    if (own.length < 8) return false;
    const post = world.pick(own);
    const text = `${post.author} deletes ${post.name}`;
    answered(
      world,
      await world.api(post.author).delete(`/api/v1/statuses/${world.known(post).id}`),
      200,
      text,
      post.name,
      post.author,
    );
    world.model.remove(post);
    world.tell(text, post.name, post.author);
    return true;
  },
};

const share: Deed = {
  weight: 10,
  async do(world) {
    const { model, rules } = world;
    const posts = livePosts(world);
    if (posts.length === 0) return false;
    const named = world.pick(posts);
    const post = named.shares ?? named;
    const actor = world.pick(model.active()).name;
    if (model.posts.some((one) => one.author === actor && one.shares === post && !one.deleted)) return false;
    const audience = world.pick<Audience>(['everyone', 'everyone', 'followers']);
    const path = `/api/v1/statuses/${world.known(named).id}/reblog`;
    const answer = await world.api(actor).post(path, { visibility: AUDIENCES[audience] });
    const text = `${actor} reposts ${named.name} of ${named.author} to ${audience}`;
    const sees = rules.maySee(actor, named);
    const may = sees && (post.audience !== 'followers' || post.author === actor);
    answered(world, answer, may ? 200 : sees ? 403 : 404, text, post.name, named.name, actor);
    if (!may) return false;
    const shared = world.remember(answer.body, {
      author: actor,
      audience: post.audience === 'followers' ? 'followers' : audience,
      mentions: new Set(),
      tags: new Set(),
      formerTags: new Set(),
      answers: null,
      shares: post,
      hasPoll: false,
      hasPicture: false,
    });
    world.tell(`${text} (${shared.name})`, shared.name, post.name, actor);
    return true;
  },
};

const unshare: Deed = {
  weight: 2,
  async do(world) {
    const { model, rules } = world;
    const shares = livePosts(world).filter(
      (post) =>
        post.shares !== null && model.person(post.author).state === 'active' && rules.maySee(post.author, post.shares),
    );
    if (shares.length === 0) return false;
    const post = world.pick(shares);
    const path = `/api/v1/statuses/${world.known(post.shares!).id}/unreblog`;
    const text = `${post.author} takes the repost ${post.name} back`;
    answered(world, await world.api(post.author).post(path), 200, text, post.name, post.author);
    model.remove(post);
    world.tell(text, post.name, post.author);
    return true;
  },
};

/** Likes and bookmarks, begun and ended. What was reposted is what a reaction to a repost is about. */
const react = (
  weight: number,
  verb: string,
  path: string,
  of: (world: World) => Map<Post, Set<string>>,
  ends: boolean,
): Deed => ({
  weight,
  async do(world) {
    const posts = livePosts(world);
    if (posts.length === 0) return false;
    const named = world.pick(posts);
    const post = named.shares ?? named;
    const actor = world.pick(world.model.active()).name;
    const sees = world.rules.maySee(actor, ends ? post : named);
    const answer = await world.api(actor).post(`/api/v1/statuses/${world.known(named).id}/${path}`);
    answered(world, answer, sees ? 200 : 404, `${actor} ${verb} ${named.name} of ${named.author}`, named.name, actor);
    // Ending is possible even for what can no longer be seen.
    const who = of(world).get(post) ?? new Set<string>();
    of(world).set(post, who);
    if (ends) who.delete(actor);
    else if (sees) who.add(actor);
    world.tell(`${actor} ${verb} ${named.name}`, named.name, actor);
    return true;
  },
});

const pin: Deed = {
  weight: 2,
  async do(world) {
    const { model } = world;
    const own = livePosts(world).filter((post) => post.shares === null && model.person(post.author).state === 'active');
    if (own.length === 0) return false;
    const post = world.pick(own);
    if (!model.pins.has(post) && [...model.pins].filter((one) => one.author === post.author).length >= 5) return false;
    const verb = model.pins.has(post) ? 'unpin' : 'pin';
    const text = `${post.author} ${verb}s ${post.name}`;
    answered(
      world,
      await world.api(post.author).post(`/api/v1/statuses/${world.known(post).id}/${verb}`),
      200,
      text,
      post.name,
      post.author,
    );
    if (verb === 'pin') model.pins.add(post);
    else model.pins.delete(post);
    return true;
  },
};

const enlist: Deed = {
  weight: 5,
  async do(world) {
    const pair = two(world);
    if (pair === undefined) return false;
    const [owner, member] = pair;
    const body = { account_ids: [world.accountId(member)] };
    const answer = await world.api(owner).post(`/api/v1/lists/${world.listIds.get(owner)}/accounts`, body);
    const may = world.model.follows.has(owner, member);
    const text = `${owner} puts ${member} on the list`;
    answered(world, answer, may ? 200 : 404, text, owner, member);
    if (!may) return false;
    world.model.lists.get(owner)!.set(member, 'sure');
    world.tell(text, owner, member);
    return true;
  },
};

/** A person goes, by a moderator or by themself, and perhaps comes back. */
const goOrReturn: Deed = {
  weight: 3,
  async do(world) {
    const { model } = world;
    const gone = [...model.people.values()].filter(({ state }) => state === 'suspended' || state === 'away');
    if (gone.length > 0 && world.chance(0.7)) return comeBack(world, world.pick(gone).name);
    if (model.active().length < 4) return false;
    const person = world.pick(model.active());
    if (world.chance(0.5)) {
      await world.authentication.suspend({ accountId: world.accountId(person.name) }, world.operator());
      person.state = 'suspended';
    } else {
      await world.user.deactivate({}, world.asThemself(person.name));
      person.state = 'away';
    }
    world.tell(`${person.name} is ${person.state}`, person.name);
    return true;
  },
};

async function comeBack(world: World, name: string): Promise<boolean> {
  const person = world.model.person(name);
  // What ended the sessions has to arrive first, or it would end the new one.
  await world.settle();
  if (person.state === 'suspended') {
    await world.authentication.unsuspend({ accountId: world.accountId(name) }, world.operator());
  }
  await world.signIn(name);
  person.state = 'active';
  world.tell(`${name} is back`, name);
  return true;
}

/** Once in a while somebody leaves for good. */
const leave: Deed = {
  weight: 0.3,
  async do(world) {
    if (world.model.active().length < 5) return false;
    const { name } = world.pick(world.model.active());
    await world.user.deleteAccount({}, world.asThemself(name));
    world.model.erase(name);
    world.tell(`${name} deletes the account`, name);
    return true;
  },
};

export const DEEDS: readonly Deed[] = [
  follow,
  decide,
  lock,
  between(5, 'unfollows', 'unfollow', ({ model }, one, other) => model.endFollow(one, other)),
  between(3, 'no longer lets follow', 'remove_from_followers', ({ model }, one, other) => {
    if (model.follows.has(other, one)) model.endFollow(other, one);
  }),
  between(5, 'blocks', 'block', ({ model }, one, other) => model.block(one, other)),
  between(4, 'unblocks', 'unblock', ({ model }, one, other) => model.blocks.delete(one, other)),
  between(4, 'mutes', 'mute', ({ model }, one, other) => model.mutes.add(one, other)),
  between(3, 'unmutes', 'unmute', ({ model }, one, other) => model.mutes.delete(one, other)),
  write,
  change,
  remove,
  share,
  unshare,
  react(4, 'likes', 'favourite', ({ model }) => model.likes, false),
  react(2, 'likes no longer', 'unfavourite', ({ model }) => model.likes, true),
  react(4, 'bookmarks', 'bookmark', ({ model }) => model.bookmarks, false),
  react(1, 'bookmarks no longer', 'unbookmark', ({ model }) => model.bookmarks, true),
  pin,
  enlist,
  goOrReturn,
  leave,
];

/** Does one thing at random. */
export async function doSomething(world: World): Promise<boolean> {
  let at = world.next() * DEEDS.reduce((sum, { weight }) => sum + weight, 0);
  for (const deed of DEEDS) {
    at -= deed.weight;
    if (at < 0) return deed.do(world);
  }
  return false;
}
