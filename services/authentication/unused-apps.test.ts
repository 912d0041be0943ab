import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIFETIMES } from '#policies/limits/sign-in.ts';
import { openAuthentication, refused, signUpForm, type World } from './testing.ts';

const DAY_MS = 24 * 3_600_000;
const CALLBACK = 'https://app.example/callback';

type App = Awaited<ReturnType<World['app']>>;

async function ownToken({ api, anonymous }: World, { clientId, clientSecret }: App, scope = 'read'): Promise<string> {
  const input = { grantType: 'client_credentials', clientId, clientSecret, scope };
  return (await api.issueToken(input, anonymous())).accessToken;
}

/** Sends a person to an app; with `redeem`, as far as a token. */
async function personOf(world: World, app: App, { redeem }: { redeem: boolean }) {
  const session = await world.join(`person${world.ids.next().slice(-8)}`);
  const request = { clientId: app.clientId, redirectUri: CALLBACK, responseType: 'code', scope: 'read' };
  const { code } = await world.api.authorize(request, world.as(session));
  const exchange = { grantType: 'authorization_code', clientId: app.clientId, clientSecret: app.clientSecret };
  const redeemed = () => world.api.issueToken({ ...exchange, code, redirectUri: CALLBACK }, world.anonymous());
  return { token: redeem ? (await redeemed()).accessToken : null, redeemed };
}

async function known({ api, anonymous }: World, app: App): Promise<boolean> {
  return api.getApp({ appId: app.id }, anonymous()).then(
    () => true,
    (error) => !refused('not_found')(error),
  );
}

test('an app through which nobody came is forgotten after a week, however many there are', async (t) => {
  const world = await openAuthentication(t);
  const apps: App[] = [];
  for (let n = 0; n < 450; n++) apps.push(await world.app());
  world.clock.advance(LIFETIMES.unusedAppMs - 1);
  const young = await world.app();
  await world.drain();
  assert.ok(await known(world, apps[0]!));
  world.clock.advance(1);
  await world.drain();
  for (const app of apps) assert.equal(await known(world, app), false);
  assert.ok(await known(world, young));
});

test('an app of a person stays, also after everybody signed out', async (t) => {
  const world = await openAuthentication(t);
  const [kept, left, byForm] = [await world.app(), await world.app(), await world.app()];
  await personOf(world, kept, { redeem: true });
  const { token } = await personOf(world, left, { redeem: true });
  const { clientId, clientSecret } = left;
  await world.api.revokeToken({ token: token!, clientId, clientSecret }, world.anonymous());
  const appToken = await world.api.authenticate(
    { token: await ownToken(world, byForm, 'write:accounts') },
    world.anonymous(),
  );
  const appSessionId = appToken.principal.sessionId;
  await world.api.signUpThroughApp({ ...signUpForm('byform'), appSessionId }, world.anonymous());
  world.clock.advance(400 * DAY_MS);
  await world.drain();
  for (const app of [kept, left, byForm]) assert.ok(await known(world, app));
  assert.equal(
    (await world.api.authenticate({ token: (await personOf(world, left, { redeem: true })).token! }, world.anonymous()))
      .principal.appName,
    'An app',
  );
});

test('an app with a token of its own stays while it uses it, and goes when it no longer does', async (t) => {
  const world = await openAuthentication(t);
  const [busy, idle] = [await world.app(), await world.app()];
  const token = await ownToken(world, busy);
  await ownToken(world, idle);
  for (let day = 0; day < 70; day += 10) {
    world.clock.advance(10 * DAY_MS);
    await world.api.authenticate({ token }, world.anonymous());
    await world.drain();
  }
  assert.ok(await known(world, busy));
  assert.equal(await known(world, idle), false);
  const [sessions] = await world.rows('select count(*) as n from authentication_sessions where account_id is null');
  assert.equal(Number(sessions?.n), 1);
});

test('an app is not taken away while somebody is on the way to it', async (t) => {
  const world = await openAuthentication(t);
  const app = await world.app();
  world.clock.advance(LIFETIMES.unusedAppMs - 1);
  const { redeemed } = await personOf(world, app, { redeem: false });
  world.clock.advance(1);
  await world.drain();
  await redeemed();
  world.clock.advance(30 * DAY_MS);
  await world.drain();
  assert.ok(await known(world, app));
});
