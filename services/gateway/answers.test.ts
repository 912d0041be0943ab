import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from './openapi/document.ts';
import { routes } from './routes/index.ts';
import { startTestGateway, type TestGateway } from './testing/test-gateway.ts';

interface Document {
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  readonly components: object;
}

/** The description of the API that clients are written for: beside the project where it is there, never in it. */
const REFERENCE = new URL('../../../shared/client-api.openapi.json', import.meta.url);
const reference = existsSync(REFERENCE) ? (JSON.parse(readFileSync(REFERENCE, 'utf8')) as Document) : undefined;
const own = openApiDocument(routes, '0') as unknown as Document;

/** A check of the answers of one operation of a document; undefined where the document says nothing of it. */
function checker(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: object) => void)(ajv);
  ajv.addFormat('iso-639-1', /^[a-z]{2,3}$/);
  ajv.addSchema(document, 'document');
  const shape = (path: string) => path.replace(/\{[^}]*\}/g, '{}');
  const paths = new Map(
    Object.entries(document.paths).map(([path, operations]) => [shape(path), { path, operations }]),
  );
  return (method: string, path: string): ((value: unknown) => string | undefined) | undefined => {
    const found = paths.get(shape(path));
    const schema = found?.operations[method.toLowerCase()]?.responses['200']?.content?.['application/json']?.schema;
    if (found === undefined || schema === undefined) return undefined;
    const pointer = [found.path, method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema'];
    const validate = ajv.compile({
      $ref: `document#/paths/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`,
    });
    return (value) => (validate(value) ? undefined : ajv.errorsText(validate.errors?.slice(0, 5)));
  };
}

/** Where the description and the clients disagree, so that our answer differs from it on purpose; `docs/api-differences.md` says why. */
const DIFFERS = new Set<string>([]);

describe('answers are what the documents say', () => {
  let plaza: TestGateway;
  const names: Record<string, string> = {};
  before(async () => {
    plaza = await startTestGateway();
    const { world } = plaza;
    const ada = world.addAccount('ada', {
      bio: 'I #code at https://ada.test',
      fields: [{ name: 'Web', value: 'https://ada.test', verifiedMs: Date.UTC(2026, 0, 1) }],
      avatar: { key: 'avatars/1/2', contentType: 'image/webp', animated: true, description: 'me' },
      locked: true,
    });
    const bob = world.addAccount('bob');
    world.addToken('ada-token', ada, { scopes: ['read', 'write', 'follow', 'profile'], role: 'admin' });
    world.addToken('ada-session', ada, { firstParty: true });
    world.addToken('app-token', null);
    const picture = world.addMedia(ada.id, { postId: '1' });
    const plain = world.addPost(bob, 'rain and #plaza with @ada', {
      body: {
        mentions: [{ accountId: ada.id, username: 'ada' }],
        tags: ['plaza'],
        media: [picture],
        contentWarning: 'weather',
        editedMs: Date.UTC(2026, 0, 3),
      },
    });
    const poll = world.addPost(bob, 'choose', { body: { pollId: '91' } });
    world.addPost(ada, 'for few', { head: { visibility: 'followers' }, body: { media: [picture] } });
    world.repost(ada, plain);
    world.liked.add(plain.head.id);
    world.filters = [
      {
        id: '41',
        title: 'No rain',
        contexts: ['home'],
        expiresMs: null,
        action: 'warn',
        keywords: [{ id: '71', keyword: 'rain', wholeWord: true }],
        posts: [{ id: '72', postId: poll.head.id }],
      },
    ];
    Object.assign(names, {
      account: bob.id,
      ada: ada.id,
      post: plain.head.id,
      media: world.addMedia(ada.id, {}, false).id,
    });
    BODIES['POST /api/v2/filters/:id/statuses'] = { status_id: plain.head.id };
  });
  after(() => plaza.stop());

  const QUERIES: Record<string, () => string> = {
    '/api/v1/accounts': () => `?id[]=${names.account}`,
    '/api/v1/accounts/lookup': () => '?acct=ada',
    '/api/v1/accounts/search': () => '?q=a',
    '/api/v1/accounts/relationships': () => `?id[]=${names.account}`,
    '/api/v1/accounts/familiar_followers': () => `?id[]=${names.account}`,
    '/api/v1/statuses': () => `?id[]=${names.post}`,
    '/api/v1/markers': () => '?timeline[]=home',
    '/api/v2/search': () => '?q=plaza',
    '/.well-known/webfinger': () => '?resource=acct:ada@plaza.test',
  };
  const BODIES: Record<string, unknown> = {
    'POST /api/v1/apps': { client_name: 'x', redirect_uris: 'urn:ietf:wg:oauth:2.0:oob', website: 'https://x.test' },
    'POST /oauth/token': { grant_type: 'client_credentials', client_id: 'client', client_secret: 'secret' },
    'POST /oauth/revoke': { client_id: 'client', client_secret: 'secret', token: 'token' },
    'POST /api/v1/accounts': { username: 'eve', email: 'e@x.test', password: 'long enough', agreement: true },
    'POST /api/v1/statuses': { status: 'hello' },
    'PUT /api/v1/statuses/:id': { status: 'hello again' },
    'POST /api/v1/polls/:id/votes': { choices: [0] },
    'PUT /api/v1/scheduled_statuses/:id': { scheduled_at: '2027-01-01T00:00:00Z' },
    'POST /api/v1/lists': { title: 'Friends' },
    'POST /api/v1/lists/:id/accounts': { account_ids: ['12'] },
    'DELETE /api/v1/lists/:id/accounts': { account_ids: ['12'] },
    'POST /api/v2/filters': { title: 'x', context: ['home'], keywords_attributes: [{ keyword: 'x' }] },
    'POST /api/v2/filters/:id/keywords': { keyword: 'x' },
    'POST /api/v1/featured_tags': { name: 'plaza' },
    'POST /api/plaza/v1/drafts': { text: 'so far', visibility: 'public' },
    'PUT /api/plaza/v1/drafts/:id': { text: 'so far', visibility: 'public', poll: null },
    'POST /api/plaza/v1/password': { current_password: 'until now', password: 'from now on' },
    'POST /api/plaza/v1/email': { email: 'ada@x.test', password: 'secret' },
    'POST /api/plaza/v1/handle': { username: 'ada', password: 'secret' },
    'POST /api/plaza/v1/deactivate': { password: 'secret' },
    'POST /api/plaza/v1/delete': { username: 'ada', password: 'secret' },
    'POST /api/plaza/v1/second_factor': { password: 'secret' },
    'POST /api/plaza/v1/second_factor/enable': { code: '123456' },
    'POST /api/plaza/v1/second_factor/disable': { password: 'secret', code: '123456' },
    'POST /api/v1/markers': { home: { last_read_id: '12' } },
  };
  const address = (url: string) => {
    const thing = url.startsWith('/api/v1/statuses')
      ? names.post
      : url.startsWith('/api/v1/media')
        ? names.media
        : undefined;
    return url
      .replace(
        ':id',
        (url.includes('/accounts/:id') || url.includes('follow_requests') ? names.account : thing) ?? '91',
      )
      .replace(':name', 'plaza')
      .replace(':hashtag', 'plaza')
      .replace(':version', '2.0');
  };

  const jsonRoutes = routes.filter(
    (route) => !['File', 'HostMeta', 'Html', 'Json'].includes(route.response) && route.files?.to !== 'store',
  );
  const [ownCheck, referenceCheck] = [checker(own), reference && checker(reference)];
  for (const route of jsonRoutes) {
    const key = `${route.method} ${route.url}`;
    test(key, async () => {
      const ofPerson = route.access === 'first-party' ? 'ada-session' : 'ada-token';
      const token = key === 'POST /api/v1/accounts' ? 'app-token' : ofPerson;
      const path = address(route.url) + (route.method === 'GET' ? (QUERIES[route.url]?.() ?? '') : '');
      const body = BODIES[key];
      const answer = await plaza.call(route.method, path, { token, ...(body === undefined ? {} : { json: body }) });
      const text = await answer.text();
      assert.equal(answer.status, 200, text);
      const value: unknown = JSON.parse(text);
      const documented = route.url.replace(/:([a-z_]+)/g, '{$1}');
      assert.equal(ownCheck(route.method, documented)?.(value), undefined, text);
      if (referenceCheck === undefined || DIFFERS.has(key)) return;
      assert.equal(referenceCheck(route.method, documented)?.(value), undefined, text);
    });
  }
});
