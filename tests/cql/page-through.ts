import assert from 'node:assert/strict';
import type { ApiClient } from '#tests/constellation/api-client.ts';

/** Each form of a window onto a list: from its end, below, above, between. */
const WINDOWS: readonly (readonly string[])[] = [
  [],
  ['max_id'],
  ['since_id'],
  ['min_id'],
  ['max_id', 'since_id'],
  ['max_id', 'min_id'],
];

/** Has a post with a tag liked and so on, and reads every list through every window. */
export async function pageThrough(api: ApiClient): Promise<void> {
  const { id } = (await ask(api.post('/api/v1/statuses', { status: 'all about #paging' }))).body;
  for (const deed of ['favourite', 'bookmark', 'reblog', 'pin']) await ask(api.post(`/api/v1/statuses/${id}/${deed}`));
  const me = (await ask(api.get('/api/v1/accounts/verify_credentials'))).body.id;
  const lists = [
    '/api/v1/timelines/home?limit=1',
    '/api/v1/timelines/public?limit=1',
    '/api/v1/timelines/public?local=true&only_media=true',
    '/api/v1/timelines/tag/paging?limit=1',
    '/api/v1/favourites?limit=1',
    '/api/v1/bookmarks?limit=1',
    `/api/v1/statuses/${id}/favourited_by?limit=1`,
    `/api/v1/statuses/${id}/reblogged_by?limit=1`,
    ...['limit=1', 'tagged=paging', 'pinned=true', 'exclude_replies=true', 'only_media=true'].map(
      (query) => `/api/v1/accounts/${me}/statuses?${query}`,
    ),
  ];
  for (const list of lists) {
    for (const window of WINDOWS) {
      const [low, high] = [`${BigInt(id) - 1n}`, `${BigInt(id) + 1n}`];
      const bounds = window.map((name) => `&${name}=${name === 'max_id' ? high : low}`);
      await ask(api.get(`${list}${bounds.join('')}`));
    }
  }
}

async function ask(answer: ReturnType<ApiClient['get']>) {
  const got = await answer;
  assert.equal(got.status, 200, got.text);
  return got;
}
