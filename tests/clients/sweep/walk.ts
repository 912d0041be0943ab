import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Constellation } from '#tests/constellation/constellation.ts';
import { drawPicture } from '../support/pictures.ts';
import { type Recorded, RecordingClient } from './recording-client.ts';

/** Goes through everything that the API offers, as three people and an app would, and answers what was asked and answered. */
export async function walk(plaza: Constellation): Promise<readonly Recorded[]> {
  const records: Recorded[] = [];
  const nobody = new RecordingClient(plaza.api.address, records);
  const registered = await nobody.post('/api/v1/apps', {
    client_name: 'Walk',
    redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: 'read write follow push profile',
    website: 'https://app.example',
  });
  const { client_id, client_secret } = registered.body;
  const granted = await nobody.post('/oauth/token', {
    grant_type: 'client_credentials',
    client_id,
    client_secret,
    scope: 'read write follow push profile',
  });
  const app = nobody.withToken(granted.body.access_token);
  await app.get('/api/v1/apps/verify_credentials');

  const people: Person[] = [];
  for (const username of ['grace', 'henry', 'irene']) people.push(await join(app, username));
  const [grace, henry, irene] = people as [Person, Person, Person];
  const picture = new Blob([await readFile(await drawPicture(plaza.folder, 'walk.png'))], { type: 'image/png' });
  const steps: Steps = { plaza, nobody, grace, henry, irene, picture };
  await places(steps);
  await profile(steps);
  const posts = await posting(steps);
  await plaza.plaza.drain();
  await reacting(steps, posts);
  await graph(steps);
  await plaza.plaza.drain();
  await reading(steps, posts);
  await keeping(steps, posts);
  await refusals(steps, posts);
  await leaving(steps, posts);
  await nobody.post('/oauth/revoke', { client_id, client_secret, token: henry.api.token });
  return records;
}

interface Person {
  readonly id: string;
  readonly api: RecordingClient;
}

interface Steps {
  readonly plaza: Constellation;
  readonly nobody: RecordingClient;
  readonly grace: Person;
  readonly henry: Person;
  readonly irene: Person;
  readonly picture: Blob;
}

interface Posts {
  readonly plain: string;
  readonly withMedia: string;
  readonly reply: string;
  readonly poll: string;
  readonly media: string;
}

async function join(app: RecordingClient, username: string): Promise<Person> {
  const made = await app.post('/api/v1/accounts', {
    username,
    email: `${username}@example.com`,
    password: 'correct horse battery staple',
    agreement: true,
    locale: 'en',
  });
  const api = app.withToken(made.body.access_token);
  return { id: (await api.get('/api/v1/accounts/verify_credentials')).body.id, api };
}

function file(picture: Blob, fields: Record<string, string> = {}, name = 'file'): FormData {
  const form = new FormData();
  form.set(name, picture, 'picture.png');
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  return form;
}

async function places({ nobody, grace }: Steps): Promise<void> {
  for (const path of ['/api/v1/instance', '/api/v2/instance', '/api/v1/instance/rules', '/api/v1/custom_emojis']) {
    await nobody.get(path);
  }
  await nobody.get('/.well-known/oauth-authorization-server');
  await grace.api.get('/oauth/userinfo');
  await grace.api.get('/api/v1/preferences');
}

async function profile({ grace, picture }: Steps): Promise<void> {
  const form = file(
    picture,
    { display_name: 'Grace', note: 'I #walk at https://walk.example', bot: 'false' },
    'avatar',
  );
  form.set('header', picture, 'header.png');
  form.set('fields_attributes[0][name]', 'Boots');
  form.set('fields_attributes[0][value]', 'https://boots.example');
  form.set('source[language]', 'en');
  await grace.api.patch('/api/v1/accounts/update_credentials', form);
  await grace.api.patch('/api/v1/accounts/update_credentials', { discoverable: true });
}

async function posting({ grace, henry, picture }: Steps): Promise<Posts> {
  const { api } = grace;
  const plain = await api.post('/api/v1/statuses', {
    status: 'Up with @henry #walk https://map.example',
    language: 'en',
  });
  await api.put(`/api/v1/statuses/${plain.body.id}`, { status: 'Up and up with @henry #walk', spoiler_text: 'Hills' });
  const media = await api.post('/api/v2/media', file(picture, { description: 'A hill', focus: '0.1,0.2' }));
  await api.get(`/api/v1/media/${media.body.id}`);
  await api.put(`/api/v1/media/${media.body.id}`, { description: 'A green hill' });
  const withMedia = await api.post('/api/v1/statuses', { media_ids: [media.body.id], sensitive: true });
  const unused = await api.post('/api/v1/media', file(picture));
  await api.delete(`/api/v1/media/${unused.body.id}`);
  const reply = await henry.api.post('/api/v1/statuses', { status: '@grace Wait!', in_reply_to_id: plain.body.id });
  const poll = await api.post('/api/v1/statuses', {
    status: 'Left or right?',
    poll: { options: ['Left', 'Right'], expires_in: 600, multiple: false },
  });
  await henry.api.get(`/api/v1/polls/${poll.body.poll.id}`);
  await henry.api.post(`/api/v1/polls/${poll.body.poll.id}/votes`, { choices: [1] });
  const scheduled = await api.post('/api/v1/statuses', { status: 'Later', scheduled_at: inHours(1) });
  await api.get('/api/v1/scheduled_statuses');
  await api.get(`/api/v1/scheduled_statuses/${scheduled.body.id}`);
  await api.put(`/api/v1/scheduled_statuses/${scheduled.body.id}`, { scheduled_at: inHours(2) });
  await api.delete(`/api/v1/scheduled_statuses/${scheduled.body.id}`);
  return {
    plain: plain.body.id,
    withMedia: withMedia.body.id,
    reply: reply.body.id,
    poll: poll.body.id,
    media: media.body.id,
  };
}

function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

async function reacting({ plaza, grace, henry, irene }: Steps, posts: Posts): Promise<void> {
  const post = `/api/v1/statuses/${posts.plain}`;
  for (const verb of ['favourite', 'reblog', 'bookmark']) await henry.api.post(`${post}/${verb}`);
  await irene.api.post(`${post}/favourite`);
  await plaza.plaza.drain();
  for (const list of ['favourited_by', 'reblogged_by', 'context', 'history']) await grace.api.get(`${post}/${list}`);
  await grace.api.get(`${post}/source`);
  await henry.api.get('/api/v1/favourites');
  await henry.api.get('/api/v1/bookmarks');
  for (const verb of ['mute', 'unmute']) await grace.api.post(`${post}/${verb}`);
  await grace.api.post(`${post}/pin`);
  await grace.api.get(`/api/v1/accounts/${grace.id}/statuses?pinned=true`);
  await grace.api.post(`${post}/unpin`);
}

async function graph({ grace, henry, irene }: Steps): Promise<void> {
  const of = (person: Person, verb: string) => `/api/v1/accounts/${person.id}/${verb}`;
  await henry.api.post(of(grace, 'follow'), { notify: true, languages: ['en'] });
  await irene.api.post(of(grace, 'follow'));
  await irene.api.post(of(henry, 'follow'));
  await henry.api.post(of(grace, 'note'), { comment: 'Knows the way' });
  for (const verb of ['endorse', 'unendorse', 'pin']) await henry.api.post(of(grace, verb));
  await henry.api.get(of(henry, 'endorsements'));
  await henry.api.post(of(grace, 'unpin'));
  for (const list of ['followers', 'following', 'featured_tags']) await henry.api.get(of(grace, list));
  await henry.api.get(`/api/v1/accounts/relationships?id[]=${grace.id}&id[]=${irene.id}`);
  await irene.api.get(`/api/v1/accounts/familiar_followers?id[]=${grace.id}`);
  await grace.api.post(of(irene, 'mute'), { duration: 600 });
  await grace.api.get('/api/v1/mutes');
  await grace.api.post(of(irene, 'unmute'));
  await grace.api.post(of(irene, 'remove_from_followers'));
  await grace.api.post(of(irene, 'block'));
  await grace.api.get('/api/v1/blocks');
  await grace.api.post(of(irene, 'unblock'));
  await grace.api.patch('/api/v1/accounts/update_credentials', { locked: true });
  await irene.api.post(of(grace, 'follow'));
  await grace.api.get('/api/v1/follow_requests');
  await grace.api.post(`/api/v1/follow_requests/${irene.id}/authorize`);
  await irene.api.post(of(grace, 'unfollow'));
  await irene.api.post(of(grace, 'follow'));
  await grace.api.post(`/api/v1/follow_requests/${irene.id}/reject`);
  await grace.api.patch('/api/v1/accounts/update_credentials', { locked: false });
}

async function reading({ nobody, grace, henry, irene }: Steps, posts: Posts): Promise<void> {
  for (const path of ['home', 'public', 'public?local=true&only_media=true', 'tag/walk']) {
    await henry.api.get(`/api/v1/timelines/${path}`);
  }
  await nobody.get('/api/v1/timelines/public');
  await nobody.get(`/api/v1/accounts/${grace.id}`);
  await nobody.get(`/api/v1/accounts/${grace.id}/statuses`);
  await nobody.get(`/api/v1/accounts?id[]=${grace.id}&id[]=${henry.id}`);
  await nobody.get('/api/v1/accounts/lookup?acct=grace');
  await henry.api.get('/api/v1/accounts/search?q=gra');
  for (const q of ['@grace', '#walk', 'gra']) await henry.api.get(`/api/v2/search?q=${encodeURIComponent(q)}`);
  for (const id of Object.values(posts)) await henry.api.get(`/api/v1/statuses/${id}`);
  await henry.api.get(`/api/v1/statuses?id[]=${posts.plain}&id[]=${posts.poll}`);
  await irene.api.get('/api/v2/suggestions');
  await irene.api.delete(`/api/v1/suggestions/${grace.id}`);
}

async function keeping({ grace, henry }: Steps, posts: Posts): Promise<void> {
  const { api } = henry;
  const { body: list } = await api.post('/api/v1/lists', {
    title: 'Walkers',
    replies_policy: 'list',
    exclusive: false,
  });
  await api.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [grace.id] });
  await api.get('/api/v1/lists');
  await api.get(`/api/v1/lists/${list.id}`);
  await api.put(`/api/v1/lists/${list.id}`, { title: 'Hikers', replies_policy: 'none', exclusive: true });
  await api.get(`/api/v1/lists/${list.id}/accounts`);
  await api.get(`/api/v1/accounts/${grace.id}/lists`);
  await api.get(`/api/v1/timelines/list/${list.id}`);
  await api.delete(`/api/v1/lists/${list.id}/accounts`, { account_ids: [grace.id] });
  await api.delete(`/api/v1/lists/${list.id}`);

  const { body: filter } = await api.post('/api/v2/filters', {
    title: 'No hills',
    context: ['home', 'public'],
    filter_action: 'warn',
    expires_in: 3_600,
    keywords_attributes: [{ keyword: 'up', whole_word: true }],
  });
  const { body: keyword } = await api.post(`/api/v2/filters/${filter.id}/keywords`, { keyword: 'hill' });
  const { body: filtered } = await api.post(`/api/v2/filters/${filter.id}/statuses`, { status_id: posts.poll });
  await api.get(`/api/v1/statuses/${posts.plain}`);
  await api.get('/api/v1/timelines/home');
  await api.get('/api/v2/filters');
  for (const part of ['', '/keywords', '/statuses']) await api.get(`/api/v2/filters/${filter.id}${part}`);
  await api.get(`/api/v2/filters/keywords/${keyword.id}`);
  await api.put(`/api/v2/filters/keywords/${keyword.id}`, { keyword: 'hills', whole_word: false });
  await api.get(`/api/v2/filters/statuses/${filtered.id}`);
  await api.put(`/api/v2/filters/${filter.id}`, { title: 'No walks', filter_action: 'hide' });
  await api.delete(`/api/v2/filters/statuses/${filtered.id}`);
  await api.delete(`/api/v2/filters/keywords/${keyword.id}`);
  await api.delete(`/api/v2/filters/${filter.id}`);

  await api.post('/api/v1/markers', { home: { last_read_id: posts.plain } });
  await api.get('/api/v1/markers?timeline[]=home');
  await api.get('/api/v1/tags/walk');
  await api.post('/api/v1/tags/walk/follow');
  await api.get('/api/v1/followed_tags');
  await api.post('/api/v1/tags/walk/unfollow');
  const { body: featured } = await grace.api.post('/api/v1/featured_tags', { name: 'walk' });
  await grace.api.get('/api/v1/featured_tags');
  await grace.api.get(`/api/v1/accounts/${grace.id}/featured_tags`);
  await grace.api.delete(`/api/v1/featured_tags/${featured.id}`);
}

/** Each refusal that the description knows the shape of. */
async function refusals({ nobody, grace, irene }: Steps, posts: Posts): Promise<void> {
  const statuses = [
    (await nobody.get('/api/v1/timelines/home')).status,
    (await nobody.withToken('nonsense').get('/api/v1/preferences')).status,
    (await irene.api.get('/api/v1/statuses/1')).status,
    (await irene.api.delete(`/api/v1/statuses/${posts.plain}`)).status,
    (await grace.api.post('/api/v1/statuses', {})).status,
    (await grace.api.post('/api/v1/media', new FormData())).status,
    (await grace.api.post(`/api/v1/accounts/${grace.id}/follow`)).status,
    (await nobody.post('/oauth/token', { grant_type: 'authorization_code', code: 'none' })).status,
  ];
  for (const status of statuses) assert.ok(status >= 400 && status < 500, String(statuses));
}

async function leaving({ grace, henry }: Steps, posts: Posts): Promise<void> {
  for (const verb of ['unfavourite', 'unreblog', 'unbookmark']) {
    await henry.api.post(`/api/v1/statuses/${posts.plain}/${verb}`);
  }
  await henry.api.delete(`/api/v1/statuses/${posts.reply}`);
  await grace.api.delete('/api/v1/profile/avatar');
  await grace.api.delete('/api/v1/profile/header');
}
