import assert from 'node:assert/strict';
import type { ApiClient } from '#tests/constellation/api-client.ts';
import type { Act } from './acts.ts';

interface Status {
  readonly id: string;
  readonly content: string;
  readonly reblog: Status | null;
  readonly favourites_count: number;
  readonly reblogs_count: number;
  readonly replies_count: number;
  readonly media_attachments: readonly { readonly url: string }[];
}

export interface World {
  readonly apis: readonly ApiClient[];
  /** Who follows whom: follower to followed, by index. */
  readonly follows: readonly (readonly number[])[];
  /** Every act, all of them acknowledged. */
  readonly acts: readonly Act[];
}

/** Acts that became posts of their own. Scheduled ones have another id as posts, so they are told by their text. */
const MADE_POSTS: ReadonlySet<Act['kind']> = new Set(['post', 'reply', 'picture']);

/** Every acknowledged post is in every follower's home once, with its counts right, and nothing else is. */
export async function checkWorld(world: World, duePassed: boolean): Promise<void> {
  for (const [reader, api] of world.apis.entries()) {
    const shown = await wholeHome(api);
    const ids = shown.map((status) => status.id);
    assert.equal(new Set(ids).size, ids.length, `reader ${reader}: a post stands twice in home`);
    const seen = new Set([reader, ...(world.follows[reader] ?? [])]);
    const expected = world.acts.filter((act) => seen.has(act.actor) && mayStandInHome(act, duePassed));
    const wanted = expected.map((act) => `${act.kind} ${act.key}`).sort();
    const own = shown.filter((status) => status.reblog === null);
    const found = own.map((status) => status.content.replace(/<[^>]+>/g, '').replace(/^@\S+ /, '')).sort();
    assert.deepEqual(found, wanted, `home of reader ${reader}`);
  }
  await checkCounts(world);
}

/** A reply to somebody whom the reader does not follow stays out of home; the test's replies go to one's own thread or to followed people. */
function mayStandInHome(act: Act, duePassed: boolean): boolean {
  return MADE_POSTS.has(act.kind) || (act.kind === 'schedule' && duePassed);
}

async function wholeHome(api: ApiClient): Promise<Status[]> {
  const all: Status[] = [];
  for (let path = '/api/v1/timelines/home?limit=40'; path !== ''; ) {
    const answer = await api.get(path);
    assert.equal(answer.status, 200, answer.text);
    all.push(...(answer.body as Status[]));
    path = /<[^>]*(\/api\/[^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
  }
  return all;
}

async function checkCounts({ apis, acts }: World): Promise<void> {
  const api = apis[0] as ApiClient;
  for (const act of acts.filter(({ kind }) => MADE_POSTS.has(kind))) {
    const of = (kind: Act['kind']) => acts.filter((other) => other.kind === kind && other.target === act.id);
    const actors = (kind: Act['kind']) => new Set(of(kind).map(({ actor }) => actor)).size;
    const answer = await api.get(`/api/v1/statuses/${act.id}`);
    assert.equal(answer.status, 200, answer.text);
    const status = answer.body as Status;
    const counts = { likes: status.favourites_count, reposts: status.reblogs_count, replies: status.replies_count };
    const expected = { likes: actors('like'), reposts: actors('repost'), replies: of('reply').length };
    assert.deepEqual(counts, expected, `counts of post ${act.id}`);
    for (const media of status.media_attachments) {
      assert.equal((await api.get(new URL(media.url).pathname)).status, 200, `media ${media.url}`);
    }
  }
}
