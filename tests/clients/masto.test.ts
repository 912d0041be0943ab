import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { createOAuthAPIClient, createRestAPIClient, type mastodon } from 'masto';
import { Somebody } from './person/person.ts';
import { drawPicture } from './support/pictures.ts';
import { type PlazaProcess, plazaForTests } from './support/plaza-process.ts';

const REDIRECT = 'http://127.0.0.1:9/back?from=plaza';
const SCOPE = 'read write follow push';
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

/** An app with an address of its own: the person signs in and consents, and is sent back there with a code. */
async function login(plaza: PlazaProcess, somebody: Somebody) {
  const anonymous = createRestAPIClient({ url: plaza.origin });
  const { clientId, clientSecret } = await anonymous.v1.apps.create({
    clientName: 'Masto tests',
    redirectUris: REDIRECT,
    scopes: SCOPE,
    website: 'https://app.example',
  });
  assert.ok(clientId && clientSecret);
  const asked = { client_id: clientId, redirect_uri: REDIRECT, response_type: 'code', scope: SCOPE, state: 's p+&=' };
  const back = await somebody.sentBackFrom(`/oauth/authorize?${new URLSearchParams(asked)}`);
  assert.ok(back.href.startsWith(REDIRECT));
  assert.equal(back.searchParams.get('state'), 's p+&=');
  const oauth = createOAuthAPIClient({ url: plaza.origin });
  const token = await oauth.token.create({
    grantType: 'authorization_code',
    clientId,
    clientSecret,
    redirectUri: REDIRECT,
    code: back.searchParams.get('code')!,
    scope: SCOPE,
  });
  const api = createRestAPIClient({ url: plaza.origin, accessToken: token.accessToken });
  const revoke = () => oauth.revoke({ clientId, clientSecret, token: token.accessToken });
  return { api, revoke };
}

describe('the library masto', () => {
  const plazas = plazaForTests();
  let plaza: PlazaProcess;
  let carol: mastodon.rest.Client;
  let dave: mastodon.rest.Client;
  let carolId = '';
  let revokeDave: () => Promise<void>;
  let picture: Blob;

  before(async () => {
    plaza = await plazas;
    const people = ['carol', 'dave'].map((name) => new Somebody(plaza.origin, name));
    for (const somebody of people) await somebody.signUp();
    carol = (await login(plaza, people[0]!)).api;
    ({ api: dave, revoke: revokeDave } = await login(plaza, people[1]!));
    picture = new Blob([await readFile(await drawPicture(plaza.folder, 'hill.png'))], { type: 'image/png' });
  });

  it('asks what clients ask at login', async () => {
    const me = await carol.v1.accounts.verifyCredentials();
    carolId = me.id;
    assert.deepEqual([me.username, me.acct, me.source.privacy], ['carol', 'carol', 'public']);
    assert.equal((await carol.v2.instance.fetch()).domain, new URL(plaza.origin).host);
    assert.equal((await carol.v1.instance.fetch()).uri, new URL(plaza.origin).host);
    assert.equal((await carol.v1.preferences.fetch())['posting:default:visibility'], 'public');
    assert.deepEqual(await carol.v1.followedTags.list(), []);
    assert.deepEqual(await carol.v1.lists.list(), []);
    assert.deepEqual(await carol.v1.customEmojis.list(), []);
    assert.deepEqual(await carol.v2.filters.list(), []);
    assert.deepEqual(await carol.v1.timelines.home.list(), []);
    assert.deepEqual(await carol.v1.markers.fetch({ timeline: ['home'] }), {});
  });

  it('finds a person, follows and sees the relationship', async () => {
    const found = await dave.v2.search.list({ q: '@carol', type: 'accounts', resolve: true });
    assert.deepEqual(idsOf(found.accounts), [carolId]);
    assert.deepEqual(idsOf(await dave.v1.accounts.search.list({ q: 'car' })), [carolId]);
    assert.equal((await dave.v1.accounts.lookup({ acct: 'carol' })).id, carolId);
    assert.equal((await dave.v1.accounts.$select(carolId).follow({ notify: true })).following, true);
    const [relationship] = await dave.v1.accounts.relationships.fetch({ id: [carolId] });
    assert.deepEqual([relationship?.following, relationship?.notifying, relationship?.followedBy], [true, true, false]);
    const followers = await carol.v1.accounts.$select(carolId).followers.list();
    assert.deepEqual(
      followers.map(({ acct }) => acct),
      ['dave'],
    );
  });

  it('posts with a picture, replies, favourites, boosts, edits', async () => {
    const media = await carol.v2.media.create({ file: picture, description: 'A hill', focus: '0.5,-0.25' });
    assert.deepEqual([media.type, media.description], ['image', 'A hill']);
    const described = await carol.v1.media.$select(media.id).update({ description: 'A green hill' });
    assert.equal(described.description, 'A green hill');
    const status = await carol.v1.statuses.create({ status: 'Up there #hills', mediaIds: [media.id], language: 'en' });
    assert.deepEqual(idsOf(status.mediaAttachments), [media.id]);
    assert.deepEqual(
      status.tags.map(({ name }) => name),
      ['hills'],
    );
    await plaza.settle();

    const post = dave.v1.statuses.$select(status.id);
    const reply = await dave.v1.statuses.create({ status: '@carol How high?', inReplyToId: status.id });
    assert.equal(reply.inReplyToId, status.id);
    assert.deepEqual(idsOf(reply.mentions), [carolId]);
    assert.equal((await post.favourite()).favourited, true);
    assert.equal((await post.reblog()).reblog?.id, status.id);
    assert.equal((await post.bookmark()).bookmarked, true);
    assert.deepEqual(idsOf(await dave.v1.favourites.list()), [status.id]);
    assert.deepEqual(idsOf(await dave.v1.bookmarks.list()), [status.id]);
    await plaza.settle();
    assert.deepEqual(idsOf((await carol.v1.statuses.$select(status.id).context.fetch()).descendants), [reply.id]);
    const seen = await carol.v1.statuses.$select(status.id).fetch();
    assert.deepEqual([seen.favouritesCount, seen.reblogsCount, seen.repliesCount], [1, 1, 1]);

    const edited = await carol.v1.statuses.$select(status.id).update({
      status: 'Up there, in the rain #hills',
      mediaIds: [media.id],
      spoilerText: 'Weather',
    });
    assert.deepEqual(
      [edited.spoilerText, edited.content.includes('rain'), edited.editedAt !== null],
      ['Weather', true, true],
    );
    assert.equal((await carol.v1.statuses.$select(status.id).history.list()).length, 2);
    assert.equal((await carol.v1.statuses.$select(status.id).source.fetch()).text, 'Up there, in the rain #hills');
    assert.deepEqual(idsOf(await dave.v1.timelines.tag.$select('hills').list()), [status.id]);
  });

  it('pages through home by max_id and by Link, both ways, without gaps', async () => {
    const made: string[] = [];
    for (let index = 0; index < 7; index++) {
      made.unshift((await carol.v1.statuses.create({ status: `Step ${index}` })).id);
    }
    await plaza.settle();
    const whole = idsOf(await dave.v1.timelines.home.list({ limit: 40 }));
    assert.deepEqual(whole.slice(0, 7), made);
    const paged: string[] = [];
    for await (const page of dave.v1.timelines.home.list({ limit: 3 })) {
      if (page.length === 0) break;
      paged.push(...idsOf(page));
    }
    assert.deepEqual(paged, whole);
    const below = await dave.v1.timelines.home.list({ limit: 2, maxId: made[2]! });
    assert.deepEqual(idsOf(below), made.slice(3, 5));
    const upwards: string[] = [];
    for await (const page of dave.v1.timelines.home.list({ limit: 2, minId: made[4]! }).setDirection('prev')) {
      if (page.length === 0) break;
      upwards.unshift(...idsOf(page));
    }
    assert.deepEqual(upwards, made.slice(0, 4));
  });

  it('keeps lists, filters, markers and scheduled posts', async () => {
    const list = await dave.v1.lists.create({ title: 'Walkers', exclusive: true });
    await dave.v1.lists.$select(list.id).accounts.create({ accountIds: [carolId] });
    assert.deepEqual(idsOf(await dave.v1.lists.$select(list.id).accounts.list()), [carolId]);
    assert.equal((await dave.v1.lists.$select(list.id).update({ title: 'Hikers' })).title, 'Hikers');
    assert.ok((await dave.v1.timelines.list.$select(list.id).list()).length > 0);
    await dave.v1.lists.$select(list.id).accounts.remove({ accountIds: [carolId] });
    await dave.v1.lists.$select(list.id).remove();

    const filter = await dave.v2.filters.create({
      title: 'No steps',
      context: ['home'],
      filterAction: 'warn',
      keywordsAttributes: [{ keyword: 'step', wholeWord: true }],
    });
    assert.equal(filter.keywords[0]?.keyword, 'step');
    const [newest] = await dave.v1.timelines.home.list({ limit: 1 });
    assert.equal(newest?.filtered?.[0]?.filter.title, 'No steps');
    await dave.v2.filters.$select(filter.id).remove();

    const saved = await dave.v1.markers.create({ home: { lastReadId: newest!.id } });
    assert.equal(saved.home.lastReadId, newest!.id);

    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const later = await carol.v1.statuses.create({ status: 'Later', scheduledAt: inAnHour } as never);
    const [scheduled] = await carol.v1.scheduledStatuses.list();
    assert.deepEqual([scheduled?.id, scheduled?.params.text], [later.id, 'Later']);
    await carol.v1.scheduledStatuses.$select(later.id).remove();
    assert.deepEqual(await carol.v1.scheduledStatuses.list(), []);
  });

  it('votes in a poll', async () => {
    const { poll } = await carol.v1.statuses.create({
      status: 'Tea?',
      poll: { options: ['Yes', 'No', 'Coffee'], expiresIn: 3_600, multiple: true },
    });
    const voted = await dave.v1.polls.$select(poll!.id).votes.create({ choices: [0, 2] });
    assert.deepEqual(voted.ownVotes, [0, 2]);
    assert.deepEqual(
      voted.options.map(({ votesCount }) => votesCount),
      [1, 0, 1],
    );
  });

  it('changes the profile, with pictures and fields', async () => {
    const me = await carol.v1.accounts.updateCredentials({
      displayName: 'Carol',
      note: 'Walks a lot',
      avatar: picture,
      header: picture,
      fieldsAttributes: [{ name: 'Shoes', value: 'worn out' }] as never,
      source: { privacy: 'unlisted', language: 'en' },
    });
    assert.deepEqual([me.displayName, me.source.note, me.source.privacy], ['Carol', 'Walks a lot', 'unlisted']);
    assert.deepEqual([me.source.fields?.[0]?.name, me.source.fields?.[0]?.value], ['Shoes', 'worn out']);
    for (const url of [me.avatar, me.avatarStatic, me.header]) assert.equal((await fetch(url)).status, 200, url);
  });

  it('is told in its own errors what does not exist', async () => {
    const missing: (() => PromiseLike<unknown>)[] = [
      () => dave.v1.statuses.$select('1').fetch(),
      () => dave.v1.notifications.list(),
      () => dave.v1.conversations.list(),
    ];
    for (const ask of missing) {
      await assert.rejects(async () => ask(), { name: 'MastoHttpError', statusCode: 404 });
    }
  });

  it('logs out', async () => {
    await revokeDave();
    await assert.rejects(async () => dave.v1.accounts.verifyCredentials(), { name: 'MastoHttpError', statusCode: 401 });
  });
});
