import assert from 'node:assert/strict';
import { it } from 'node:test';
import { userContract } from '#contracts/services/user.ts';
import { Constellation, onEachTransport, TEST_PASSWORD } from '#tests/constellation/constellation.ts';
import { PageClient } from './page-client.ts';

const HTML = { accept: 'text/html' };

/** What the oracle cannot: who is signed in sees no more there than anybody, and what has gone is gone at once. */
onEachTransport('pages that need no account', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  async function page(path: string) {
    const { api } = await started;
    return api.get(path, HTML);
  }

  /** The same, seen by somebody who is signed in. */
  async function browserOf(login: string): Promise<PageClient> {
    const { plaza } = await started;
    const browser = new PageClient(plaza.address, plaza.origin);
    assert.equal((await browser.post('/sign-in', { login, password: TEST_PASSWORD })).status, 303);
    return browser;
  }

  async function write(api: Awaited<ReturnType<Constellation['person']>>['api'], status: object) {
    const answer = await api.post('/api/v1/statuses', status);
    assert.equal(answer.status, 200, answer.text);
    return { id: answer.body.id as string, path: new URL(answer.body.url).pathname };
  }

  it('show every operation of the API', async () => {
    const { api } = await started;
    const { paths } = (await api.get('/api/openapi.json')).body as { paths: Record<string, object> };
    const { status, text } = await page('/api/docs');
    assert.equal(status, 200);
    assert.ok(Object.keys(paths).length > 100);
    const missing = Object.keys(paths).filter((path) => !text.includes(path));
    assert.deepEqual(missing, []);
  });

  it('show a post with the replies that everybody may see', async () => {
    const plaza = await started;
    const [ann, ben] = await plaza.people('ann_open', 'ben_open');
    const post = await write(ann!.api, { status: 'the beginning' });
    await write(ben!.api, { status: 'for everybody', in_reply_to_id: post.id });
    await write(ben!.api, { status: 'for followers only', in_reply_to_id: post.id, visibility: 'private' });
    await plaza.plaza.drain();
    const { status, text } = await page(post.path);
    assert.equal(status, 200);
    assert.match(text, /the beginning.*for everybody/s);
    assert.doesNotMatch(text, /for followers only/);
  });

  it('show what is for followers to nobody, not even to its author', async () => {
    const plaza = await started;
    const cyd = await plaza.person('cyd_open');
    const secret = await write(cyd.api, { status: 'a secret', visibility: 'private' });
    const never = await page('/@cyd_open/1');
    const hidden = await page(secret.path);
    assert.deepEqual([hidden.status, hidden.text], [404, never.text]);
    const own = await browserOf('cyd_open');
    for (const path of [`${secret.path}?plain=1`, '/@cyd_open?plain=1', '/@cyd_open.rss'])
      assert.doesNotMatch((await own.get(path)).text, /a secret/, path);
    assert.doesNotMatch((await page('/@cyd_open.rss')).text, /a secret/);
  });

  it('forget a post that was deleted, at once', async () => {
    const plaza = await started;
    const dee = await plaza.person('dee_open');
    const post = await write(dee.api, { status: 'soon gone' });
    const before = await page(post.path);
    assert.match(before.text, /soon gone/);
    assert.equal((await dee.api.delete(`/api/v1/statuses/${post.id}`)).status, 200);
    const etag = before.headers.get('etag')!;
    const { api } = plaza;
    assert.equal((await api.get(post.path, { ...HTML, 'if-none-match': etag })).status, 404);
    assert.doesNotMatch((await page('/@dee_open')).text, /soon gone/);
    assert.doesNotMatch((await page('/@dee_open.rss')).text, /soon gone/);
  });

  it('are gone with their person, whether suspended or away, and look as if there had been nobody', async () => {
    const plaza = await started;
    const eve = await plaza.person('eve_open');
    const post = await write(eve.api, { status: 'I was here' });
    const { services, context } = plaza.plaza.operator;
    const user = services.client(userContract);
    const paths = ['/@eve_open', '/@eve_open.rss', '/@eve_open/with_replies', post.path];
    const nobody = await page('/@nobody_open');
    for (const state of ['suspended', 'deactivated'] as const) {
      await user.setAccountState({ accountId: eve.id, state }, context());
      for (const path of paths) {
        const { status, text } = await page(path);
        assert.deepEqual([status, text], [404, nobody.text], `${state}: ${path}`);
      }
      await user.setAccountState({ accountId: eve.id, state: 'active' }, context());
    }
    assert.equal((await page('/@eve_open')).status, 200);
  });

  it('say that a person approves followers, and show what they say to everybody', async () => {
    const plaza = await started;
    const fay = await plaza.person('fay_open');
    assert.equal((await fay.api.patch('/api/v1/accounts/update_credentials', { locked: true })).status, 200);
    await write(fay.api, { status: 'hello all' });
    await write(fay.api, { status: 'hello friends', visibility: 'private' });
    const { text } = await page('/@fay_open');
    assert.match(text, /approves followers/);
    assert.match(text, /hello all/);
    assert.doesNotMatch(text, /hello friends/);
  });

  it('show somebody who was blocked what anybody without an account sees', async () => {
    const plaza = await started;
    const [gus, hal] = await plaza.people('gus_open', 'hal_open');
    const post = await write(gus!.api, { status: 'in public' });
    await gus!.api.post(`/api/v1/accounts/${hal!.id}/block`);
    const blocked = await browserOf('hal_open');
    assert.equal((await hal!.api.get(`/api/v1/statuses/${post.id}`)).status, 404);
    const open = await blocked.get(`${post.path}?plain=1`);
    assert.match(open.text, /in public/);
    assert.equal(open.headers.get('cache-control'), 'private, no-store');
  });

  it('a feed has public and unlisted posts of the person, newest first, no replies and no reposts', async () => {
    const plaza = await started;
    const [ida, joe] = await plaza.people('ida_open', 'joe_open');
    const other = await write(joe!.api, { status: 'of somebody else' });
    const wanted: string[] = [];
    for (const visibility of ['public', 'unlisted', 'private']) {
      const post = await write(ida!.api, { status: `${visibility} words`, visibility });
      if (visibility !== 'private') wanted.unshift(post.path);
    }
    await write(ida!.api, { status: 'a reply', in_reply_to_id: other.id });
    await ida!.api.post(`/api/v1/statuses/${other.id}/reblog`);
    await plaza.plaza.drain();
    const { text } = await page('/@ida_open.rss');
    const links = [...text.matchAll(/<guid isPermaLink="true">([^<]+)</g)].map(([, url]) => new URL(url!).pathname);
    assert.deepEqual(links, wanted);
  });
});
