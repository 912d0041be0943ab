import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { openProvider, signInAtProvider } from '#services/authentication/testing-oidc.ts';
import { Constellation, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { PageClient } from './page-client.ts';

async function open(t: TestContext) {
  const port = await freePort('127.0.0.1');
  const { people, oidc } = await openProvider(t, `http://localhost:${port}/sign-in/social/callback`);
  const plaza = await Constellation.start({
    settings: {
      port,
      oidcIssuer: oidc.issuer,
      oidcClientId: oidc.clientId,
      oidcClientSecret: oidc.clientSecret,
      oidcName: 'The other place',
    },
  });
  t.after(() => plaza.remove());
  const { address, origin } = plaza.plaza;
  /** Goes to the provider, signs in there, comes back, and gives where that leads. */
  const comeBack = async (browser: PageClient, subject: string) => {
    const begun = await browser.get('/sign-in/social');
    const callback = await signInAtProvider(begun.location!, subject, origin);
    return (await browser.get(callback.slice(origin.length))).location;
  };
  return { plaza, people, comeBack, browser: () => new PageClient(address, origin) };
}

test('somebody new comes by the provider, picks a name, and comes back later', async (t) => {
  const { people, comeBack, browser } = await open(t);
  people.set('grace', { email: 'grace@example.com', email_verified: true, preferred_username: 'grace' });
  const first = browser();
  assert.match((await first.get('/sign-in')).text, /The other place/);
  assert.equal(await comeBack(first, 'grace'), '/sign-up/social');
  assert.match((await first.get('/sign-up/social')).text, /value="grace"/);
  const taken = await first.post('/sign-up/social', { username: 'not a name!' });
  assert.equal(taken.status, 422);
  assert.equal((await first.post('/sign-up/social', { username: 'grace_h' })).location, '/');
  assert.match((await first.get('/')).text, /grace_h/);

  const later = browser();
  assert.equal(await comeBack(later, 'grace'), '/');
  assert.match((await later.get('/')).text, /grace_h/);
});

test('an address that belongs to somebody here links only with their password', async (t) => {
  const { plaza, people, comeBack, browser } = await open(t);
  await plaza.person('ada');
  people.set('ada', { email: 'ada@example.com', email_verified: true });
  people.set('thief', { email: 'ada@example.com', email_verified: false });

  const thief = browser();
  assert.notEqual(await comeBack(thief, 'thief'), '/');
  assert.doesNotMatch((await thief.get('/')).text, /Sign out/);

  const ada = browser();
  assert.equal(await comeBack(ada, 'ada'), '/sign-in/social/proof');
  const wrong = await ada.post('/sign-in/social/proof', { password: 'not her password' });
  assert.deepEqual([wrong.status, wrong.location], [401, null]);
  assert.doesNotMatch((await ada.get('/')).text, /Sign out/);
  assert.equal((await ada.post('/sign-in/social/proof', { password: TEST_PASSWORD })).location, '/');
  assert.match((await ada.get('/')).text, /Sign out/);
});
