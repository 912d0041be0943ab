import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answered, type Deed, livePosts, TAGS } from './deed.ts';
import type { Audience, Post } from './model.ts';
import { AUDIENCES, type World } from './world.ts';

const PICTURE = readFileSync(new URL('../../services/gateway/assets/missing-avatar.png', import.meta.url));

export const write: Deed = {
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

export const change: Deed = {
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

export const remove: Deed = {
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

export const share: Deed = {
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

export const unshare: Deed = {
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
export const react = (
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

export const pin: Deed = {
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
