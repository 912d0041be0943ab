import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { CREDENTIAL_LIMITS } from '#policies/limits/sign-in.ts';
import { OUT_OF_BAND } from './oauth/redirect-uris.ts';
import { openAuthentication, refused, signUpForm, type World } from './testing.ts';

const CALLBACK = 'https://app.example/callback';
const VERIFIER = 'a-verifier-of-more-than-forty-three-characters-1234567890';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

type App = Awaited<ReturnType<World['app']>>;

function request(app: App, overrides: Record<string, string | undefined> = {}) {
  return { clientId: app.clientId, redirectUri: CALLBACK, responseType: 'code', scope: 'read write', ...overrides };
}

/** The whole way of an app to a token of a person. */
async function codeFor(world: World, app: App, overrides: Record<string, string | undefined> = {}) {
  const session = await world.join(`person${world.ids.next().slice(-8)}`);
  const { code } = await world.api.authorize(request(app, overrides), world.as(session));
  return { code, session };
}

function exchange(world: World, app: App, code: string, overrides: Record<string, string | undefined> = {}) {
  const input = {
    ...{ grantType: 'authorization_code', clientId: app.clientId, clientSecret: app.clientSecret },
    ...{ code, redirectUri: CALLBACK, ...overrides },
  };
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return world.api.issueToken(given as typeof input, world.anonymous());
}

test('an app gets a token of a person, which lasts until it is revoked', async (t) => {
  const world = await openAuthentication(t);
  const { api, anonymous, clock } = world;
  const app = await world.app();
  const described = await api.describeAuthorization(request(app), anonymous());
  assert.deepEqual(described.scopes, ['read', 'write']);
  assert.equal(described.app.name, 'An app');
  const { code, session } = await codeFor(world, app);
  const token = await exchange(world, app, code);
  assert.equal(token.scope, 'read write');
  assert.equal(token.tokenType, 'Bearer');
  clock.advance(400 * 24 * 3_600_000);
  const { principal } = await api.authenticate({ token: token.accessToken }, anonymous());
  assert.equal(principal.accountId, session.accountId);
  assert.deepEqual(principal.scopes, ['read', 'write']);
  assert.equal(principal.appName, 'An app');
  assert.equal(principal.firstParty, false);
  const other = await world.app();
  const { clientId, clientSecret } = app;
  const revoke = (using: App, secret = using.clientSecret) =>
    api.revokeToken({ token: token.accessToken, clientId: using.clientId, clientSecret: secret }, anonymous());
  await assert.rejects(revoke(other), refused('forbidden', 'unauthorized_client'));
  await assert.rejects(revoke(app, 'wrong'), refused('unauthenticated', 'invalid_client'));
  await api.authenticate({ token: token.accessToken }, anonymous());
  await revoke(app);
  await assert.rejects(api.authenticate({ token: token.accessToken }, anonymous()), refused('unauthenticated'));
  assert.deepEqual(await api.revokeToken({ token: 'unknown', clientId, clientSecret }, anonymous()), {});
});

test('a code works once; its second use revokes the token that came of it', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app();
  const { code } = await codeFor(world, app);
  const token = await exchange(world, app, code);
  await world.api.authenticate({ token: token.accessToken }, world.anonymous());
  await assert.rejects(exchange(world, app, code), refused('bad_request', 'invalid_grant'));
  await assert.rejects(
    world.api.authenticate({ token: token.accessToken }, world.anonymous()),
    refused('unauthenticated'),
  );
});

test('of two uses at the same time none leaves a token behind that works', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app();
  const { code } = await codeFor(world, app);
  const outcomes = await Promise.allSettled([exchange(world, app, code), exchange(world, app, code)]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') continue;
    await assert.rejects(
      world.api.authenticate({ token: outcome.value.accessToken }, world.anonymous()),
      refused('unauthenticated'),
    );
  }
  assert.ok(outcomes.some(({ status }) => status === 'rejected'));
});

test('a code ends after ten minutes, and a replay even later revokes what came of it', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app();
  const late = await codeFor(world, app);
  const used = await codeFor(world, app);
  const token = await exchange(world, app, used.code);
  world.clock.advance(10 * 60_000);
  await assert.rejects(exchange(world, app, late.code), refused('bad_request', 'invalid_grant'));
  await assert.rejects(exchange(world, app, used.code), refused('bad_request', 'invalid_grant'));
  await assert.rejects(
    world.api.authenticate({ token: token.accessToken }, world.anonymous()),
    refused('unauthenticated'),
  );
});

test('PKCE: the right verifier works without a secret; a wrong or missing one burns the code', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app();
  const pkce = { codeChallenge: CHALLENGE, codeChallengeMethod: 'S256' };
  const good = await codeFor(world, app, pkce);
  await exchange(world, app, good.code, { codeVerifier: VERIFIER, clientSecret: undefined });
  for (const codeVerifier of [`${VERIFIER}x`, undefined, CHALLENGE]) {
    const { code } = await codeFor(world, app, pkce);
    await assert.rejects(exchange(world, app, code, { codeVerifier }), refused('bad_request', 'invalid_grant'));
    await assert.rejects(
      exchange(world, app, code, { codeVerifier: VERIFIER }),
      refused('bad_request', 'invalid_grant'),
    );
  }
  const without = await codeFor(world, app);
  await assert.rejects(
    exchange(world, app, without.code, { codeVerifier: VERIFIER, clientSecret: undefined }),
    refused('bad_request', 'invalid_grant'),
  );
});

test('a code belongs to its app, its redirect URI and its secret', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app();
  const other = await world.app();
  const { code } = await codeFor(world, app);
  await assert.rejects(exchange(world, other, code), refused('bad_request', 'invalid_grant'));
  await assert.rejects(
    exchange(world, app, code, { clientSecret: 'wrong' }),
    refused('unauthenticated', 'invalid_client'),
  );
  await assert.rejects(
    exchange(world, app, code, { clientSecret: undefined }),
    refused('unauthenticated', 'invalid_client'),
  );
  await exchange(world, app, code);
  const moved = await codeFor(world, app);
  await assert.rejects(
    exchange(world, app, moved.code, { redirectUri: `${CALLBACK}/` }),
    refused('bad_request', 'invalid_request'),
  );
});

test('what is wrong with an authorization is said before anybody is asked or sent anywhere', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app('read write:statuses');
  const session = await world.join('ada');
  const table: [Record<string, string | undefined>, 'bad_request' | 'unauthenticated', string][] = [
    [{ clientId: 'unknown' }, 'unauthenticated', 'invalid_client'],
    [{ redirectUri: `${CALLBACK}?x=1` }, 'bad_request', 'invalid_redirect_uri'],
    [{ redirectUri: 'https://evil.example/callback' }, 'bad_request', 'invalid_redirect_uri'],
    [{ responseType: 'token' }, 'bad_request', 'unsupported_response_type'],
    [{ scope: 'read everything' }, 'bad_request', 'invalid_scope'],
    [{ scope: 'write' }, 'bad_request', 'invalid_scope'],
    [{ scope: 'admin:read' }, 'bad_request', 'invalid_scope'],
    [{ codeChallenge: CHALLENGE, codeChallengeMethod: 'plain' }, 'bad_request', 'invalid_request'],
    [{ codeChallenge: 'short', codeChallengeMethod: 'S256' }, 'bad_request', 'invalid_request'],
    [{ codeChallengeMethod: 'S256' }, 'bad_request', 'invalid_request'],
  ];
  for (const [wrong, code, message] of table) {
    const asked = request(app, { scope: 'read', ...wrong });
    await assert.rejects(world.api.describeAuthorization(asked, world.anonymous()), refused(code, message));
    await assert.rejects(world.api.authorize(asked, world.as(session)), refused(code, message));
  }
  const narrow = await world.api.authorize(request(app, { scope: 'read:accounts write:statuses' }), world.as(session));
  assert.equal((await exchange(world, app, narrow.code)).scope, 'read:accounts write:statuses');
  const unasked = await world.api.authorize(request(app, { scope: undefined }), world.as(session));
  assert.equal((await exchange(world, app, unasked.code)).scope, 'read');
});

test('only the person on our own client can agree', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app();
  const { code, session } = await codeFor(world, app);
  const token = await exchange(world, app, code);
  const { principal } = await world.api.authenticate({ token: token.accessToken }, world.anonymous());
  const throughApp = { accountId: session.accountId, sessionId: principal.sessionId };
  await assert.rejects(world.api.authorize(request(app), world.as(throughApp)), refused('forbidden'));
  await assert.rejects(world.api.authorize(request(app), world.anonymous()), refused('unauthenticated'));
  const stranger = await world.join('bob');
  await assert.rejects(
    world.api.authorize(request(app), world.as({ ...session, sessionId: stranger.sessionId })),
    refused('unauthenticated'),
  );
  for (const attempt of [
    world.api.changePassword({ current: 'x', next: 'y' }, world.as(throughApp)),
    world.api.getCredentials({}, world.as(throughApp)),
    world.api.listSessions({}, world.as(throughApp)),
  ])
    await assert.rejects(attempt, refused('forbidden'));
});

test('the out-of-band address and addresses of native apps work', async (t) => {
  const world = await openAuthentication(t);
  for (const redirectUri of [OUT_OF_BAND, 'com.example.app:/callback', 'myapp://done', 'http://localhost:8080/cb']) {
    const app = await world.app('read', [redirectUri]);
    const { code } = await codeFor(world, app, { redirectUri, scope: 'read' });
    await exchange(world, app, code, { redirectUri });
  }
});

test('client credentials give a token without a person', async (t) => {
  const world = await openAuthentication(t);
  const { api, anonymous } = world;
  const app = await world.app('read write');
  const ask = (overrides = {}) =>
    api.issueToken(
      {
        ...{ grantType: 'client_credentials', clientId: app.clientId, clientSecret: app.clientSecret, scope: 'write' },
        ...overrides,
      },
      anonymous(),
    );
  const token = await ask();
  const { principal } = await api.authenticate({ token: token.accessToken }, anonymous());
  assert.equal(principal.accountId, null);
  assert.deepEqual(principal.permissions, []);
  assert.equal(principal.role, 'app');
  assert.deepEqual(principal.scopes, ['write']);
  await assert.rejects(ask({ clientSecret: 'wrong' }), refused('unauthenticated', 'invalid_client'));
  await assert.rejects(ask({ scope: 'push' }), refused('bad_request', 'invalid_scope'));
  await assert.rejects(ask({ scope: 'nonsense' }), refused('bad_request', 'invalid_scope'));
  await assert.rejects(ask({ grantType: 'password' }), refused('bad_request', 'unauthorized_client'));
  await assert.rejects(ask({ grantType: 'refresh_token' }), refused('bad_request', 'unauthorized_client'));
  await assert.rejects(ask({ grantType: '__proto__' }), refused('bad_request', 'unsupported_grant_type'));
});

test('an app signs a person up, and the token works at once', async (t) => {
  const world = await openAuthentication(t);
  const { api, anonymous } = world;
  const tokenOf = async (scopes: string) => {
    const app = await world.app(scopes);
    const { clientId, clientSecret } = app;
    const grant = { grantType: 'client_credentials', clientId, clientSecret, scope: scopes };
    const { accessToken } = await api.issueToken(grant, anonymous());
    return (await api.authenticate({ token: accessToken }, anonymous())).principal;
  };
  const writer = await tokenOf('read write:accounts');
  const made = await api.signUpThroughApp({ ...signUpForm('ada'), appSessionId: writer.sessionId }, anonymous());
  const { principal } = await api.authenticate({ token: made.accessToken }, anonymous());
  assert.equal(principal.appId, writer.appId);
  assert.equal(principal.restriction, null);
  assert.equal(principal.role, 'user');
  const reader = await tokenOf('read');
  await assert.rejects(
    api.signUpThroughApp({ ...signUpForm('bob'), appSessionId: reader.sessionId }, anonymous()),
    refused('forbidden'),
  );
  await assert.rejects(
    api.signUpThroughApp({ ...signUpForm('bob'), appSessionId: principal.sessionId }, anonymous()),
    refused('forbidden'),
  );
});

test('apps that could do harm cannot be registered', async (t) => {
  const { api, anonymous } = await openAuthentication(t);
  const good = { name: 'An app', redirectUris: [CALLBACK], scopes: 'read', website: null };
  const bad: Partial<Omit<typeof good, 'website'> & { website: string }>[] = [
    { name: '  ' },
    { redirectUris: [] },
    { scopes: 'read everything' },
    { website: 'javascript:alert(1)' },
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      '/relative',
      'https://app.example/#fragment',
      'https://user:secret@app.example/',
      'https://app.example/\nx',
      'urn:other',
      'not an address',
    ].map((uri) => ({ redirectUris: [uri] })),
  ];
  for (const wrong of bad)
    await assert.rejects(
      api.registerApp({ ...good, ...wrong }, anonymous()),
      refused('validation_failed'),
      JSON.stringify(wrong),
    );
});

test('an app that asks for token after token for itself keeps the newest', async (t) => {
  const world = await openAuthentication(t);
  const { api, anonymous } = world;
  const [app, other] = [await world.app(), await world.app()];
  const ownToken = async ({ clientId, clientSecret }: App) => {
    const grant = { grantType: 'client_credentials', clientId, clientSecret, scope: 'read' };
    return (await api.issueToken(grant, anonymous())).accessToken;
  };
  const ofOther = await ownToken(other);
  const { code } = await codeFor(world, app);
  const ofPerson = (await exchange(world, app, code)).accessToken;
  const tokens: string[] = [];
  for (let at = 0; at < CREDENTIAL_LIMITS.tokensPerApp + 2; at++) tokens.push(await ownToken(app));
  const standing = await Promise.all(tokens.map((token) => api.authenticate({ token }, anonymous()).catch(() => null)));
  assert.deepEqual(
    standing.slice(0, 3).map((known) => known === null),
    [true, true, false],
  );
  assert.equal(standing.filter((known) => known !== null).length, CREDENTIAL_LIMITS.tokensPerApp);
  for (const token of [ofOther, ofPerson]) await api.authenticate({ token }, anonymous());
});
