import assert from 'node:assert/strict';
import type { ApiClient } from '#tests/constellation/api-client.ts';
import { insist, type Known } from './cluster-acts.ts';

export interface RestoredClient {
  readonly api: ApiClient;
  readonly id: string;
  /** What was acknowledged before the backup began. */
  readonly settled: Known;
  /** What was acknowledged at last. */
  readonly known: Known;
}

/** Compares what a restored Plaza shows with what was acknowledged. `reader` follows all clients. */
export async function checkRestored(clients: readonly RestoredClient[], reader: ApiClient): Promise<void> {
  const shown = new Map<string, { readonly content: string; readonly likes: number; readonly replies: number }>();
  for (const { id, settled, known } of clients) {
    const listed = await all(reader, `/api/v1/accounts/${id}/statuses?limit=40`);
    assert.deepEqual(twice(listed), [], `twice on the profile of ${id}`);
    for (const post of listed) {
      shown.set(post.id, { content: post.content, likes: post.favourites_count, replies: post.replies_count });
    }
    const ids = new Set(listed.map((post) => post.id));
    assert.deepEqual(
      [...settled.posts.keys()].filter((post) => !ids.has(post)),
      [],
      'lost',
    );
    assert.deepEqual(
      [...settled.deleted].filter((post) => ids.has(post)),
      [],
      'came back',
    );
    for (const [post, text] of settled.posts) {
      // The hashtag is a link, and what stands before it is as it was written.
      assert.ok(shown.get(post)!.content.includes(text.replace('#kept', '')), `${post} says ${text}`);
    }
    for (const post of settled.deleted)
      assert.equal((await insist(() => reader.get(`/api/v1/statuses/${post}`))).status, 404);
    for (const post of known.posts.keys()) {
      const { status, body } = await insist(() => reader.get(`/api/v1/statuses/${post}`));
      assert.equal(status, ids.has(post) ? 200 : 404, `${post} is on the profile exactly if it is there`);
      if (status === 200) assert.match(body.content, / says /);
    }
    const account = await insist(() => reader.get(`/api/v1/accounts/${id}`));
    assert.deepEqual(
      [account.body.statuses_count, account.body.followers_count],
      [ids.size, 1],
      'numbers of posts and followers',
    );
  }
  await checkHome(reader, shown);
  await checkReactions(clients, reader, shown);
}

async function checkHome(reader: ApiClient, shown: ReadonlyMap<string, unknown>): Promise<void> {
  const home = await all(reader, '/api/v1/timelines/home?limit=40');
  assert.deepEqual(twice(home), [], 'twice at home');
  const ids = new Set(home.map(({ id }) => id));
  assert.deepEqual(
    [...ids].filter((id) => !shown.has(id)),
    [],
    'at home and nowhere else',
  );
  // Answers to people whom one follows are at home as well, so all of it is.
  assert.deepEqual(
    [...shown.keys()].filter((id) => !ids.has(id)),
    [],
    'missing at home',
  );
  const tagged = await all(reader, '/api/v1/timelines/tag/kept?limit=40');
  assert.deepEqual(tagged.map(({ id }) => id).sort(), [...ids].sort(), 'under the hashtag');
}

async function checkReactions(
  clients: readonly RestoredClient[],
  reader: ApiClient,
  shown: ReadonlyMap<string, { readonly likes: number; readonly replies: number }>,
): Promise<void> {
  for (const [id, { likes, replies }] of shown) {
    const likers = (await all(reader, `/api/v1/statuses/${id}/favourited_by?limit=80`)).map((account) => account.id);
    assert.equal(likes, likers.length, `likes of ${id}`);
    const { descendants } = (await insist(() => reader.get(`/api/v1/statuses/${id}/context`))).body;
    const answers = descendants.filter((post: { in_reply_to_id: string }) => post.in_reply_to_id === id);
    assert.equal(replies, answers.length, `answers to ${id}`);
    for (const client of clients) {
      if (client.settled.likes.has(id)) assert.ok(likers.includes(client.id), `${client.id} likes ${id}`);
      if (client.settled.unliked.has(id)) assert.ok(!likers.includes(client.id), `${client.id} likes ${id} no more`);
    }
  }
  for (const { api, settled } of clients) {
    const bookmarks = new Set((await all(api, '/api/v1/bookmarks?limit=40')).map(({ id }) => id));
    const missing = [...settled.bookmarks].filter((id) => shown.has(id) && !bookmarks.has(id));
    assert.deepEqual(missing, [], 'bookmarks');
    const liked = new Set((await all(api, '/api/v1/favourites?limit=40')).map(({ id }) => id));
    assert.deepEqual(
      [...settled.likes].filter((id) => shown.has(id) && !liked.has(id)),
      [],
      'list of likes',
    );
  }
}

// biome-ignore lint/suspicious/noExplicitAny: entities of several kinds.
async function all(api: ApiClient, first: string): Promise<any[]> {
  const found = [];
  for (let path = first; path !== ''; ) {
    const answer = await insist(() => api.get(path));
    assert.equal(answer.status, 200, answer.text);
    found.push(...answer.body);
    path = /<[^>]*(\/api\/[^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
  }
  return found;
}

function twice(items: readonly { readonly id: string }[]): string[] {
  const seen = new Set<string>();
  return items.map(({ id }) => id).filter((id) => seen.size === seen.add(id).size);
}
