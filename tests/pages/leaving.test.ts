import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Constellation, onEachWorld, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { PageClient } from './page-client.ts';

onEachWorld('handles, and leaving', (options) => {
  const started = Constellation.forTests(options);

  async function signedIn(username: string) {
    const plaza = await started;
    const person = await plaza.person(username);
    return { plaza, ...person, browser: await signIn(username) };
  }

  async function signIn(login: string): Promise<PageClient> {
    const { plaza } = await started;
    const browser = new PageClient(plaza.address, plaza.origin);
    assert.equal((await browser.post('/sign-in', { login, password: TEST_PASSWORD })).status, 303);
    return browser;
  }

  it('a handle is changed: it signs in, is found and stands on posts, and the old one is nobody’s', async () => {
    const { plaza, id, api, browser } = await signedIn('oldname');
    const { body: status } = await api.post('/api/v1/statuses', { status: 'by whoever I am' });
    await plaza.person('neighbour');
    const call = (browser: PageClient, username: string) =>
      browser.plaza('POST', 'handle', { username, password: TEST_PASSWORD });
    const taken = await call(browser, 'Neighbour');
    assert.equal(taken.status, 409);
    assert.deepEqual(Object.keys(taken.body.details), ['username']);
    assert.equal((await call(browser, 'no spaces')).status, 422);
    const shown = async () => (await plaza.api.get(`/api/v1/statuses/${status.id}`)).body.account.acct;
    assert.equal(await shown(), 'oldname');
    assert.equal((await call(browser, '@newname')).status, 200);
    // The gateway that took the change shows it at once; another one may show the old name for a moment more.
    if (options.split)
      for (let gateways = 0; gateways < 2; ) gateways = (await shown()) === 'newname' ? gateways + 1 : 0;
    assert.equal(await shown(), 'newname', 'at once');
    assert.equal((await plaza.api.get('/api/v1/accounts/lookup?acct=newname')).body.id, id);
    assert.equal((await plaza.api.get('/api/v1/accounts/lookup?acct=oldname')).status, 404);
    assert.equal(await shown(), 'newname');
    await signIn('newname');
    assert.equal((await call(browser, 'again')).status, 422, 'once in a while only');
    const squatter = await plaza.person('squatter');
    const other = await signIn(squatter.username);
    assert.equal((await call(other, 'oldname')).status, 409, 'the old name is held');
  });

  it('a deactivated account is gone for everybody until its person signs in', async () => {
    const { plaza, id, api, browser } = await signedIn('sleepy');
    const friend = await plaza.person('friendly');
    await friend.api.post(`/api/v1/accounts/${id}/follow`);
    const { body: status } = await api.post('/api/v1/statuses', { status: 'good night' });
    await plaza.plaza.drain();
    const leave = (password: string) => browser.plaza('POST', 'deactivate', { password });
    assert.equal((await leave('wrong password')).status, 403);
    assert.equal((await plaza.api.get(`/api/v1/accounts/${id}`)).status, 200);
    const left = await leave(TEST_PASSWORD);
    assert.equal(left.status, 200);
    assert.equal(left.headers.get('clear-site-data'), '"cache", "storage"', 'nothing of it stays in the browser');
    assert.equal((await plaza.api.get(`/api/v1/statuses/${status.id}`)).status, 404);
    assert.deepEqual((await friend.api.get('/api/v1/timelines/home')).body, []);
    assert.equal((await api.get('/api/v1/timelines/home')).status, 401, 'apps are signed out too');
    assert.equal((await browser.plaza('GET', 'session')).status, 401);
    await signIn('sleepy');
    assert.equal((await plaza.api.get(`/api/v1/statuses/${status.id}`)).status, 200);
    assert.equal((await friend.api.get('/api/v1/timelines/home')).body.length, 1);
  });

  it('a deleted account is gone for good, and all that was said with it', async () => {
    const { plaza, id, api, browser } = await signedIn('leaver');
    const friend = await plaza.person('stayer');
    await friend.api.post(`/api/v1/accounts/${id}/follow`);
    await api.post(`/api/v1/accounts/${friend.id}/follow`);
    const { body: theirs } = await friend.api.post('/api/v1/statuses', { status: 'like me' });
    const { body: mine } = await api.post('/api/v1/statuses', { status: 'all of it #farewell' });
    await api.post(`/api/v1/statuses/${theirs.id}/favourite`);
    const delivered = await api.post('/api/v1/statuses', { status: 'a reply', in_reply_to_id: theirs.id });
    assert.equal(delivered.status, 200);
    await plaza.plaza.drain();
    const leave = (username: string) => browser.plaza('POST', 'delete', { username, password: TEST_PASSWORD });
    assert.equal((await leave('somebody')).status, 422);
    assert.equal((await leave('leaver')).status, 200);
    for (const path of [`/api/v1/accounts/${id}`, `/api/v1/statuses/${mine.id}`]) {
      assert.equal((await plaza.api.get(path)).status, 404, path);
    }
    assert.equal((await api.get('/api/v1/accounts/verify_credentials')).status, 401);
    await plaza.plaza.drain();
    const { body: seen } = await friend.api.get(`/api/v1/statuses/${theirs.id}`);
    assert.deepEqual([seen.favourites_count, seen.replies_count], [0, 0]);
    const { body: self } = await friend.api.get('/api/v1/accounts/verify_credentials');
    assert.deepEqual([self.followers_count, self.following_count], [0, 0]);
    const browserAgain = new PageClient(plaza.plaza.address, plaza.plaza.origin);
    assert.equal((await browserAgain.post('/sign-in', { login: 'leaver', password: TEST_PASSWORD })).status, 401);
    await assert.rejects(plaza.person('leaver'), /422/, 'nobody takes the handle');
  });
});
