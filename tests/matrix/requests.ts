import { readFileSync } from 'node:fs';
import { systemClock } from '#platform/clock/system-clock.ts';
import type { Method, Route } from '#services/gateway/route.ts';
import { TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { type Cast, expectOk, type Kind } from './cast.ts';

/** A valid request to a route, about a thing that `owner` made. */
export interface MatrixRequest {
  readonly path: string;
  readonly body?: unknown;
}

/** Makes what a route's requests are about and answers the request of each caller. */
export type Requests = (by: Kind) => MatrixRequest | Promise<MatrixRequest>;

const PICTURE = readFileSync(new URL('../../services/gateway/assets/missing-avatar.png', import.meta.url));
/** Long after every test. */
const DUE = new Date(systemClock.now() + 365 * 24 * 3_600_000).toISOString();

/** Ids that `:id` stands for, by the beginning of a route's address; a fresh thing for each route, since some requests remove it. */
const THINGS: readonly (readonly [begins: string, make: (cast: Cast) => Promise<string>])[] = [
  // No token of an app gets as far as the session.
  ['/api/plaza/v1/sessions', async ({ owner }) => owner.id],
  ['/api/v1/accounts/', async ({ owner }) => owner.id],
  ['/api/v1/suggestions/', async ({ owner }) => owner.id],
  ['/api/v1/statuses/', async (cast) => (await newPost(cast)).id],
  [
    '/api/v1/polls/',
    async (cast) => (await newPost(cast, { poll: { options: ['a', 'b'], expires_in: 3_600 } })).poll.id,
  ],
  ['/api/v1/scheduled_statuses/', (cast) => made(cast, '/api/v1/statuses', { status: 'Later', scheduled_at: DUE })],
  ['/api/v1/media/', uploaded],
  ['/api/v1/lists/', newList],
  ['/api/v1/timelines/list/', newList],
  [
    '/api/v2/filters/keywords/',
    async (cast) => made(cast, `/api/v2/filters/${await newFilter(cast)}/keywords`, { keyword: 'tea' }),
  ],
  [
    '/api/v2/filters/statuses/',
    async (cast) => {
      const { id } = await newPost(cast);
      return made(cast, `/api/v2/filters/${await newFilter(cast)}/statuses`, { status_id: id });
    },
  ],
  ['/api/v2/filters/', newFilter],
  ['/api/v1/featured_tags/', (cast) => made(cast, '/api/v1/featured_tags', { name: fresh('featured') })],
  // Callers of the matrix are refused before anybody looks for it.
  ['/api/plaza/v1/', async () => '1'],
  ['/api/v1/follow_requests/', async ({ petitioners }) => petitioners[used++ % petitioners.length]!.id],
];

let used = 0;
let words = 0;
const fresh = (word: string) => `${word}${++words}`;

/** What is sent, for routes that need something. */
const BODIES: Readonly<Record<string, (cast: Cast, by: Kind) => unknown>> = {
  'POST /api/v1/accounts': () => {
    const username = fresh('new');
    const email = `${username}@example.com`;
    return { username, email, password: TEST_PASSWORD, agreement: true, reason: 'To be counted' };
  },
  'PATCH /api/v1/accounts/update_credentials': () => ({ note: 'Of the matrix' }),
  'PUT /api/v1/accounts/update_credentials': () => ({ note: 'Of the matrix' }),
  'POST /api/v1/accounts/update_credentials': () => ({ note: 'Of the matrix' }),
  'POST /api/v1/accounts/:id/note': () => ({ comment: 'Of the matrix' }),
  'POST /api/v1/apps': () => ({ client_name: 'Another', redirect_uris: 'urn:ietf:wg:oauth:2.0:oob' }),
  'POST /api/v2/filters/:id/keywords': () => ({ keyword: fresh('word') }),
  'POST /api/v2/filters': () => ({ title: 'Fruit', context: ['home'] }),
  'PUT /api/v2/filters/:id': () => ({ title: 'Vegetables' }),
  'PATCH /api/v2/filters/:id': () => ({ title: 'Vegetables' }),
  'PUT /api/v2/filters/keywords/:id': () => ({ keyword: 'coffee' }),
  'PATCH /api/v2/filters/keywords/:id': () => ({ keyword: 'coffee' }),
  // People may put themselves on a list, so that only whose list it is decides.
  'POST /api/v1/lists/:id/accounts': ({ idOf }, by) => ({ account_ids: [idOf(by)] }),
  'DELETE /api/v1/lists/:id/accounts': ({ idOf }, by) => ({ account_ids: [idOf(by)] }),
  'POST /api/v1/lists': () => ({ title: 'Friends' }),
  'PUT /api/v1/lists/:id': () => ({ title: 'Neighbours' }),
  'PATCH /api/v1/lists/:id': () => ({ title: 'Neighbours' }),
  'POST /api/v1/media': picture,
  'POST /api/v2/media': picture,
  'PUT /api/v1/media/:id': () => ({ description: 'A hand' }),
  'PATCH /api/v1/media/:id': () => ({ description: 'A hand' }),
  'POST /api/v1/polls/:id/votes': () => ({ choices: [1] }),
  'PUT /api/v1/scheduled_statuses/:id': () => ({ scheduled_at: DUE }),
  'PATCH /api/v1/scheduled_statuses/:id': () => ({ scheduled_at: DUE }),
  'POST /api/v1/markers': () => ({ home: { last_read_id: '1' } }),
  'POST /api/v1/statuses': () => ({ status: 'Of the matrix' }),
  'PUT /api/v1/statuses/:id': () => ({ status: fresh('Changed ') }),
  'PATCH /api/v1/statuses/:id': () => ({ status: fresh('Changed ') }),
  'POST /api/v1/featured_tags': () => ({ name: fresh('shown') }),
};

/** What stands in the query, for routes that need something. */
const QUERIES: Readonly<Record<string, (cast: Cast) => string>> = {
  'GET /api/v1/accounts/familiar_followers': ({ owner }) => `id[]=${owner.id}`,
  'GET /api/v1/accounts/relationships': ({ owner }) => `id[]=${owner.id}`,
  'GET /api/v1/accounts': ({ owner }) => `id[]=${owner.id}`,
  'GET /api/v1/accounts/lookup': () => 'acct=olga',
  'GET /api/v1/accounts/search': () => 'q=olga',
  'GET /api/v2/search': () => 'q=olga',
  'GET /api/v1/markers': () => 'timeline[]=home',
  'GET /.well-known/webfinger': ({ plaza }) => `resource=acct:olga@${new URL(plaza.plaza.origin).host}`,
};

/** Routes whose requests follow no rule. */
const SPECIAL: Readonly<Record<string, (cast: Cast) => Promise<Requests>>> = {
  'GET /media/:id/:name': async (cast) => {
    const post = await newPost(cast, { media_ids: [await uploaded(cast)] });
    const { pathname } = new URL(post.media_attachments[0].url);
    return () => ({ path: pathname });
  },
  'GET /profile-images/*': async (cast) => {
    const form = new FormData();
    form.set('avatar', new File([PICTURE], 'me.png', { type: 'image/png' }));
    const { body } = await expectOk(cast.owner.api.patch('/api/v1/accounts/update_credentials', form));
    return () => ({ path: new URL(body.avatar).pathname });
  },
  'POST /api/v2/filters/:id/statuses': async (cast) => {
    const [filterId, post] = [await newFilter(cast), await newPost(cast)];
    return () => ({ path: `/api/v2/filters/${filterId}/statuses`, body: { status_id: post.id } });
  },
  'GET /api/v1/statuses': async (cast) => {
    const { id } = await newPost(cast);
    return () => ({ path: `/api/v1/statuses?id[]=${id}` });
  },
  'POST /oauth/token': async ({ plaza }) => {
    const { client_id, client_secret } = await plaza.app();
    const body = { grant_type: 'client_credentials', client_id, client_secret };
    return () => ({ path: '/oauth/token', body });
  },
  'POST /oauth/revoke': async ({ plaza }) => {
    const { client_id, client_secret } = await plaza.app();
    return async () => {
      const asked = { grant_type: 'client_credentials', client_id, client_secret };
      const { body } = await expectOk(plaza.api.post('/oauth/token', asked));
      return { path: '/oauth/revoke', body: { client_id, client_secret, token: body.access_token } };
    };
  },
};

/** Makes what the requests under one method of a route need. Throws for a route that names a thing which nobody here knows how to make. */
export async function prepare(route: Route, method: Method, cast: Cast): Promise<Requests> {
  const key = `${method} ${route.url}`;
  const special = SPECIAL[key];
  if (special !== undefined) return special(cast);
  let path = route.url.replace(/:(name|hashtag)/, 'matrix').replace(':version', '2.0');
  if (path.includes(':id')) {
    const make = THINGS.find(([begins]) => route.url.startsWith(begins))?.[1];
    if (make === undefined) throw new Error(`${key}: tests/matrix/requests.ts does not say what ":id" is`);
    path = path.replace(':id', await make(cast));
  }
  if (/[:*]/.test(path)) throw new Error(`${key}: tests/matrix/requests.ts does not say what its parameters are`);
  const query = QUERIES[key]?.(cast);
  if (query !== undefined) path = `${path}?${query}`;
  const body = BODIES[key];
  return (by) => (body === undefined ? { path } : { path, body: body(cast, by) });
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of the public API.
async function newPost({ owner }: Cast, more: object = {}): Promise<any> {
  return (await expectOk(owner.api.post('/api/v1/statuses', { status: fresh('Of the matrix '), ...more }))).body;
}

function newList(cast: Cast): Promise<string> {
  return made(cast, '/api/v1/lists', { title: fresh('List ') });
}

function newFilter(cast: Cast): Promise<string> {
  return made(cast, '/api/v2/filters', { title: fresh('Filter '), context: ['home'] });
}

function uploaded(cast: Cast): Promise<string> {
  return made(cast, '/api/v2/media', picture());
}

async function made({ owner }: Cast, path: string, body: unknown): Promise<string> {
  return (await expectOk(owner.api.post(path, body))).body.id;
}

function picture(): FormData {
  const form = new FormData();
  form.set('file', new File([PICTURE], 'hand.png', { type: 'image/png' }));
  return form;
}
