import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ApiClient } from '../constellation/api-client.ts';
import { Constellation, type Person } from '../constellation/constellation.ts';
import { pick, seededNumbers, testSeed } from '../seed.ts';

const DEEDS = 40;
/** Consumers work meanwhile, so two answers may differ by what came in between; what is stale stays so. */
const MAX_TRIES = 8;

const started = Constellation.forTests({ settings: { metricsPort: 0 } });
const seed = testSeed();
const next = seededNumbers(seed);
let requests = 0;

/** The same timeline under an address that nobody asked for before, so that it is made anew. */
const anew = (api: ApiClient, path: string) => text(api, `${path}?anew=${++requests}`);

async function text(api: ApiClient, path: string): Promise<string> {
  const answer = await api.get(path);
  assert.equal(answer.status, 200, answer.text);
  return answer.text;
}

async function assertCurrent(api: ApiClient, path: string, after: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const before = await anew(api, path);
    const given = await text(api, path);
    const later = await anew(api, path);
    if (given === before || given === later) return;
    if (tries === MAX_TRIES) assert.equal(given, later, `${path} after ${after}`);
  }
}

async function fromMemory(metricsAddress: string | undefined): Promise<number> {
  const metrics = await (await fetch(`${metricsAddress}/metrics`)).text();
  return Number(/^plaza_gateway_remembered_answers_total\{from="memory"\} ([0-9]+)/m.exec(metrics)?.[1] ?? 0);
}

/** One thing that somebody does. Refusals are fine: what counts is that timelines are right after it. */
async function deed(people: readonly Person[], posts: string[], filters: Map<ApiClient, string>): Promise<string> {
  const who = pick(people, next);
  const other = pick(
    people.filter((one) => one !== who),
    next,
  );
  const { api } = who;
  const post = posts.length === 0 ? '1' : pick(posts.slice(-8), next);
  const made = (answer: { body: { id?: string } }) => void (answer.body?.id && posts.push(answer.body.id));
  const status = `words ${requests} #day${requests % 3} @${other.username}`;
  const acts: Record<string, () => Promise<unknown>> = {
    post: async () => made(await api.post('/api/v1/statuses', { status })),
    'post for followers': async () => made(await api.post('/api/v1/statuses', { status, visibility: 'private' })),
    reply: async () => made(await api.post('/api/v1/statuses', { status, in_reply_to_id: post })),
    poll: async () => {
      const poll = { options: ['yes', 'no'], expires_in: 3_600, hide_totals: false };
      made(await api.post('/api/v1/statuses', { status, poll }));
    },
    vote: async () => {
      const { body } = await api.get(`/api/v1/statuses/${post}`);
      if (body.poll) await api.post(`/api/v1/polls/${body.poll.id}/votes`, { choices: [0] });
    },
    edit: () => api.put(`/api/v1/statuses/${post}`, { status: `other ${status}` }),
    delete: () => api.delete(`/api/v1/statuses/${post}`),
    'new name': () => api.patch('/api/v1/accounts/update_credentials', { display_name: `Name ${requests}` }),
    filter: async () => {
      const keywords_attributes = [{ keyword: 'words', whole_word: true }];
      const filter = { title: 'f', context: ['home'], filter_action: 'warn', keywords_attributes };
      filters.set(api, (await api.post('/api/v2/filters', filter)).body.id);
    },
    'no filter': async () => void (filters.has(api) && (await api.delete(`/api/v2/filters/${filters.get(api)}`))),
    'exclusive list': async () => {
      const { body } = await api.post('/api/v1/lists', { title: 'l', exclusive: true });
      await api.post(`/api/v1/lists/${body.id}/accounts`, { account_ids: [other.id] });
    },
    'no lists': async () => {
      for (const { id } of (await api.get('/api/v1/lists')).body) await api.delete(`/api/v1/lists/${id}`);
    },
    'follow hashtag': () => api.post(`/api/v1/tags/day${requests % 3}/follow`),
  };
  for (const act of ['favourite', 'unfavourite', 'reblog', 'unreblog', 'bookmark', 'unbookmark', 'mute', 'pin']) {
    acts[act] = () => api.post(`/api/v1/statuses/${post}/${act}`);
  }
  for (const act of ['follow', 'follow', 'unfollow', 'block', 'unblock', 'mute', 'unmute']) {
    acts[`${act} somebody`] = () => api.post(`/api/v1/accounts/${other.id}/${act}`);
  }
  const name = pick(Object.keys(acts), next);
  await acts[name]!();
  return `${who.username}: ${name}`;
}

it(`an answer from memory is the one that would be made now (SEED=${seed})`, async () => {
  const { plaza } = await started;
  const people = await (await started).people('ada', 'bob', 'cat');
  for (const one of people) {
    for (const other of people) if (one !== other) await one.api.post(`/api/v1/accounts/${other.id}/follow`);
  }
  const posts: string[] = [];
  const filters = new Map<ApiClient, string>();
  const paths = ['/api/v1/timelines/home', ...people.map(({ id }) => `/api/v1/accounts/${id}/statuses`)];
  for (let i = 0; i < DEEDS; i++) {
    const done = await deed(people, posts, filters);
    for (const { api } of people) for (const path of paths) await assertCurrent(api, path, done);
  }
  await plaza.drain();
  const [ada] = people;
  await text(ada!.api, paths[0]!);
  const before = await fromMemory(plaza.metricsAddress);
  await text(ada!.api, paths[0]!);
  assert.equal(await fromMemory(plaza.metricsAddress), before + 1, 'what nobody changed comes from memory');
});
