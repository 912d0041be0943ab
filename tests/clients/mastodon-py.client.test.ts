import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Somebody } from './person/person.ts';
import { MastodonPy, Raised } from './support/mastodon-py.ts';
import { drawPicture } from './support/pictures.ts';
import { type PlazaProcess, plazaForTests } from './support/plaza-process.ts';

/** The library reads ids as numbers too large for JSON's; in its answers they are text or such numbers. */
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => String(id));
const raises = (kind: string) => (error: unknown) => error instanceof Raised && error.kind === kind;

describe('the library Mastodon.py', () => {
  const plazas = plazaForTests();
  let plaza: PlazaProcess;
  let erin: MastodonPy;
  let frank: MastodonPy;
  let erinId = '';

  before(async () => {
    plaza = await plazas;
    const python = process.env.PLAZA_TEST_PYTHON!;
    const people = ['erin', 'frank'].map((name) => new Somebody(plaza.origin, name));
    for (const somebody of people) await somebody.signUp();
    erin = await MastodonPy.login(python, plaza.origin, people[0]!);
    frank = await MastodonPy.login(python, plaza.origin, people[1]!);
  });
  after(async () => {
    await erin?.close();
    await frank?.close();
  });

  it('asks what clients ask at login', async () => {
    const me = await erin.call('me');
    erinId = String(me.id);
    assert.deepEqual([me.username, me.acct, me.followers_count], ['erin', 'erin', 0]);
    assert.equal((await erin.call('instance_v1')).uri, new URL(plaza.origin).host);
    assert.equal((await erin.call('instance_v2')).domain, new URL(plaza.origin).host);
    assert.equal((await erin.call('instance_nodeinfo')).software.name, 'plaza');
    assert.equal((await erin.call('preferences'))['posting:default:visibility'], 'public');
    for (const empty of ['lists', 'followed_tags', 'filters_v2', 'custom_emojis', 'instance_rules']) {
      assert.deepEqual(await erin.call(empty), [], empty);
    }
    assert.equal((await erin.call('app_verify_credentials')).name, 'Mastodon.py tests');
  });

  it('finds a person, follows and sees the relationship', async () => {
    const found = await frank.call('search_v2', ['@erin'], { resolve: true, result_type: 'accounts' });
    assert.deepEqual(idsOf(found.accounts), [erinId]);
    assert.deepEqual(idsOf(await frank.call('account_search', ['er'])), [erinId]);
    assert.equal(String((await frank.call('account_lookup', ['erin'])).id), erinId);
    assert.equal((await frank.call('account_follow', [erinId])).following, true);
    const [relationship] = await frank.call('account_relationships', [[erinId]]);
    assert.deepEqual([relationship.following, relationship.followed_by], [true, false]);
    assert.equal((await erin.call('account_followers', [erinId]))[0].acct, 'frank');
  });

  it('posts with a picture, once for a key, replies, favourites, boosts and edits', async () => {
    const path = await drawPicture(plaza.folder, 'lake.webp');
    const media = await erin.call('media_post', [path], {
      description: 'A lake',
      focus: [0.1, -0.2],
      synchronous: true,
    });
    assert.deepEqual([media.type, media.description], ['image', 'A lake']);
    const once = { media_ids: [media.id], idempotency_key: 'lake-1', language: 'en', spoiler_text: 'Water' };
    const status = await erin.call('status_post', ['Still water #lakes'], once);
    assert.equal((await erin.call('status_post', ['Still water #lakes'], once)).id, status.id);
    assert.deepEqual(idsOf(status.media_attachments), [String(media.id)]);
    await plaza.settle();

    await frank.call('status', [status.id]);
    const reply = await frank.call('status_reply', [frank.last(), 'Cold?']);
    assert.deepEqual([String(reply.in_reply_to_id), reply.mentions[0].acct], [String(status.id), 'erin']);
    assert.equal((await frank.call('status_favourite', [status.id])).favourited, true);
    assert.equal(String((await frank.call('status_reblog', [status.id])).reblog.id), String(status.id));
    assert.equal((await frank.call('status_bookmark', [status.id])).bookmarked, true);
    assert.deepEqual(idsOf(await frank.call('bookmarks')), [String(status.id)]);
    assert.deepEqual(idsOf(await frank.call('favourites')), [String(status.id)]);
    await plaza.settle();
    const seen = await erin.call('status', [status.id]);
    assert.deepEqual([seen.favourites_count, seen.reblogs_count, seen.replies_count], [1, 1, 1]);
    assert.deepEqual(idsOf((await erin.call('status_context', [status.id])).descendants), idsOf([reply]));
    assert.equal((await erin.call('status_reblogged_by', [status.id]))[0].acct, 'frank');
    assert.equal((await erin.call('status_favourited_by', [status.id]))[0].acct, 'frank');

    const edited = await erin.call('status_update', [status.id], {
      status: 'Still water, seen twice #lakes',
      media_ids: [media.id],
    });
    assert.match(edited.content, /seen twice/);
    assert.equal((await erin.call('status_history', [status.id])).length, 2);
    assert.equal((await erin.call('status_source', [status.id])).text, 'Still water, seen twice #lakes');
    assert.deepEqual(idsOf(await frank.call('timeline_hashtag', ['lakes'])), [String(status.id)]);
  });

  it('pages through home by max_id and by Link, both ways', async () => {
    const made: string[] = [];
    for (let index = 0; index < 7; index++) {
      made.unshift(String((await erin.call('status_post', [`Wave ${index}`])).id));
    }
    await plaza.settle();
    const whole = idsOf(await frank.call('timeline_home', [], { limit: 40 }));
    assert.deepEqual(whole.slice(0, 7), made);
    const paged: string[] = [];
    let page = await frank.call('timeline_home', [], { limit: 3 });
    while (page !== null && page.length > 0) {
      paged.push(...idsOf(page));
      page = await frank.call('fetch_next', [frank.last()]);
    }
    assert.deepEqual(paged, whole);
    const below = await frank.call('timeline_home', [], { limit: 2, max_id: made[2]! });
    assert.deepEqual(idsOf(below), made.slice(3, 5));
    const newer = await frank.call('fetch_previous', [frank.last()]);
    assert.deepEqual(idsOf(newer), made.slice(1, 3));
  });

  it('keeps lists, filters, markers and scheduled posts', async () => {
    const list = await frank.call('list_create', ['Swimmers'], { replies_policy: 'none' });
    await frank.call('list_accounts_add', [list.id, [erinId]]);
    assert.deepEqual(idsOf(await frank.call('list_accounts', [list.id])), [erinId]);
    assert.ok((await frank.call('timeline_list', [list.id])).length > 0);
    assert.equal((await frank.call('list_update', [list.id, 'Divers'])).title, 'Divers');
    await frank.call('list_accounts_delete', [list.id, [erinId]]);
    await frank.call('list_delete', [list.id]);

    const keywords = [{ keyword: 'wave', whole_word: true }];
    const filter = await frank.call('create_filter_v2', ['No waves', ['home'], 'warn'], {
      keywords_attributes: keywords,
    });
    const [newest] = await frank.call('timeline_home', [], { limit: 1 });
    assert.equal(newest.filtered[0].filter.title, 'No waves');
    await frank.call('delete_filter_v2', [filter.id]);

    const marker = await frank.call('markers_set', [['home'], [newest.id]]);
    assert.equal(String(marker.home.last_read_id), String(newest.id));

    const inAnHour = { $time: new Date(Date.now() + 3_600_000).toISOString() };
    const later = await erin.call('status_post', ['Later'], { scheduled_at: inAnHour });
    assert.deepEqual(idsOf(await erin.call('scheduled_statuses')), idsOf([later]));
    await erin.call('scheduled_status_delete', [later.id]);
    assert.deepEqual(await erin.call('scheduled_statuses'), []);
  });

  it('makes polls and votes', async () => {
    await erin.call('make_poll', [['Warm', 'Cold'], 3_600], { multiple: false });
    const { poll } = await erin.call('status_post', ['How?'], { poll: erin.last() });
    const voted = await frank.call('poll_vote', [poll.id, 1]);
    assert.deepEqual(
      voted.options.map((option: { votes_count: number }) => option.votes_count),
      [0, 1],
    );
    await assert.rejects(frank.call('poll_vote', [poll.id, 0]), raises('MastodonAPIError'));
  });

  it('changes the profile, with a picture and fields', async () => {
    const me = await erin.call('account_update_credentials', [], {
      display_name: 'Erin',
      note: 'Swims in winter',
      avatar: await drawPicture(plaza.folder, 'erin.jpg', { width: 450, height: 450 }),
      fields: [['Water', 'cold']],
      discoverable: true,
    });
    assert.deepEqual([me.display_name, me.source.note, me.fields[0].name], ['Erin', 'Swims in winter', 'Water']);
    assert.equal((await fetch(me.avatar)).status, 200);
  });

  it('mutes, blocks, and undoes', async () => {
    assert.equal((await frank.call('account_mute', [erinId])).muting, true);
    assert.deepEqual(idsOf(await frank.call('mutes')), [erinId]);
    await frank.call('account_unmute', [erinId]);
    assert.equal((await frank.call('account_block', [erinId])).blocking, true);
    assert.deepEqual(idsOf(await frank.call('blocks')), [erinId]);
    assert.equal((await frank.call('account_unblock', [erinId])).blocking, false);
  });

  it('is told in its own errors what does not exist, and logs out', async () => {
    await assert.rejects(frank.call('status', ['1']), raises('MastodonNotFoundError'));
    await assert.rejects(frank.call('notifications'), raises('MastodonNotFoundError'));
    await assert.rejects(frank.call('conversations'), raises('MastodonNotFoundError'));
    await frank.call('revoke_access_token', [], { allow_http: true });
    await assert.rejects(frank.call('me'), raises('MastodonUnauthorizedError'));
  });
});
