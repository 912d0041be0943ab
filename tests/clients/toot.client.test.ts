import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Somebody } from './person/person.ts';
import { drawPicture } from './support/pictures.ts';
import { plazaForTests } from './support/plaza-process.ts';
import { Toot } from './support/toot.ts';

const idsOf = (statuses: readonly { id: string }[]) => statuses.map(({ id }) => id);

describe('the command-line client toot', () => {
  const python = process.env.PLAZA_TEST_PYTHON!;
  const plazas = plazaForTests();
  let plaza: Awaited<typeof plazas>;
  let alice: Toot;
  let bob: Toot;
  const posted: string[] = [];

  before(async () => {
    plaza = await plazas;
    const people = ['alice', 'bob'].map((name) => new Somebody(plaza.origin, name));
    for (const somebody of people) await somebody.signUp();
    alice = await Toot.login(python, plaza, people[0]!);
    bob = await Toot.login(python, plaza, people[1]!);
  });

  it('knows who is logged in and where', async () => {
    assert.equal((await alice.json('whoami')).username, 'alice');
    assert.match(await alice.text('whoami'), /@alice/);
    assert.match(await bob.text('auth'), /bob@localhost:\d+ ACTIVE/);
    assert.match(await alice.text('instance'), /Plaza/);
  });

  it('finds a person by handle, and follows', async () => {
    const found = await bob.json('search', '@alice', '--type', 'accounts', '--resolve');
    assert.deepEqual(
      found.accounts.map(({ acct }: { acct: string }) => acct),
      ['alice'],
    );
    assert.match(await bob.text('whois', '@alice'), /@alice/);
    assert.equal((await bob.json('follow', '@alice')).following, true);
    assert.match(await alice.text('followers', 'alice'), /@bob/);
    assert.match(await bob.text('following', 'bob'), /@alice/);
  });

  it('posts with a picture, its description and a warning', async () => {
    const picture = await drawPicture(plaza.folder, 'beach.jpg');
    const status = await alice.json(
      ...['post', 'The sea, today', '--media', picture, '--description', 'Sand below a blue sky'],
      ...['--spoiler-text', 'Holiday', '--language', 'en'],
    );
    assert.equal(status.content, '<p>The sea, today</p>');
    assert.deepEqual([status.spoiler_text, status.sensitive, status.language], ['Holiday', true, 'en']);
    const [media] = status.media_attachments;
    assert.deepEqual([media.type, media.description], ['image', 'Sand below a blue sky']);
    assert.deepEqual([media.meta.original.width, media.meta.original.height], [640, 480]);
    for (const url of [media.url, media.preview_url]) {
      const file = await fetch(url);
      assert.deepEqual([file.status, file.headers.get('content-type')?.split('/')[0]], [200, 'image']);
      assert.ok((await file.arrayBuffer()).byteLength > 0);
    }
    posted.push(status.id);
  });

  it('replies, favourites, boosts and bookmarks by id and by address', async () => {
    await plaza.settle();
    const [id] = posted;
    const reply = await bob.json('post', '@alice Lovely!', '--reply-to', id!);
    assert.equal(reply.in_reply_to_id, id);
    assert.equal((await bob.json('favourite', id!)).favourited, true);
    assert.equal((await bob.json('bookmark', id!)).bookmarked, true);
    const { url } = await bob.json('status', id!);
    assert.equal((await bob.json('reblog', url)).reblog.id, id);
    await plaza.settle();
    const thread = await alice.json('thread', id!);
    assert.deepEqual(idsOf(thread.descendants), [reply.id]);
    assert.match(await alice.text('thread', id!), /Lovely!/);
    assert.match(await alice.text('reblogged-by', id!), /^bob /m);
    const seen = await alice.json('status', id!);
    assert.deepEqual([seen.favourites_count, seen.reblogs_count, seen.replies_count], [1, 1, 1]);
    assert.match(await bob.text('bookmarks', '--once'), /The sea, today/);
    assert.match(await bob.text('timelines', 'favourites', '--no-pager'), /The sea, today/);
    assert.equal((await bob.json('unfavourite', id!)).favourited, false);
    assert.equal((await bob.json('unbookmark', id!)).bookmarked, false);
  });

  it('reads home and pages through it', async () => {
    for (let index = 1; index <= 5; index++) posted.push((await alice.json('post', `Number ${index}`)).id);
    await plaza.settle();
    const newestFirst = [...posted].reverse();
    const first = await bob.json('timelines', 'home', '--limit', '3');
    assert.deepEqual(idsOf(first), newestFirst.slice(0, 3));
    const second = await bob.json('timelines', 'home', '--limit', '3', '--max-id', first[2].id);
    // The boost of bob himself stands where he made it, before alice's later posts.
    assert.deepEqual(idsOf(second).slice(0, 2), newestFirst.slice(3, 5));
    assert.match(await bob.text('timelines', 'home', '--no-pager', '--no-clear'), /Number 5/);
    assert.match(await bob.text('timeline', '--once'), /Number 1/);
    assert.match(await bob.text('timelines', 'public', '--local', '--no-pager', '--no-clear'), /Number 3/);
    assert.match(await bob.text('timelines', 'account', '@alice', '--no-pager', '--no-clear'), /Number 4/);
  });

  it('keeps lists', async () => {
    await bob.text('lists', 'create', 'Near the sea', '--replies-policy', 'list');
    await bob.text('lists', 'add', 'Near the sea', '@alice');
    assert.match(await bob.text('lists', 'accounts', 'Near the sea'), /@alice/);
    const [list] = await bob.json('lists', 'list');
    assert.deepEqual([list.title, list.replies_policy], ['Near the sea', 'list']);
    await plaza.settle();
    assert.match(await bob.text('timelines', 'list', list.id, '--no-pager', '--no-clear'), /Number 5/);
    await bob.text('lists', 'remove', 'Near the sea', '@alice');
    await bob.text('lists', 'delete', 'Near the sea');
    assert.deepEqual(await bob.json('lists', 'list'), []);
  });

  it('makes polls and votes', async () => {
    const { poll } = await alice.json(
      ...['post', 'Where to?', '--poll-option', 'North', '--poll-option', 'South', '--poll-expires-in', '1 hour'],
    );
    const voted = await bob.json('polls', 'vote', poll.id, '1');
    assert.deepEqual(
      voted.options.map((option: { votes_count: number }) => option.votes_count),
      [0, 1],
    );
    assert.deepEqual((await bob.json('polls', 'show', poll.id)).own_votes, [1]);
  });

  it('schedules a post', async () => {
    assert.match(await alice.text('post', 'Later', '--scheduled-in', '1 hour'), /^Toot scheduled for: 2/);
  });

  it('changes the profile, with a picture', async () => {
    const avatar = await drawPicture(plaza.folder, 'avatar.png', { width: 500, height: 500 });
    const account = await alice.json(
      ...['update-account', '--display-name', 'Alice of the Sea', '--note', 'Sand and salt', '--avatar', avatar],
      ...['--locked'],
    );
    assert.deepEqual(
      [account.display_name, account.source.note, account.locked],
      ['Alice of the Sea', 'Sand and salt', true],
    );
    const file = await fetch(account.avatar);
    assert.deepEqual([file.status, file.headers.get('content-type')?.startsWith('image/')], [200, true]);
    assert.match(await bob.text('whois', '@alice'), /Alice of the Sea/);
  });

  it('follows tags, mutes, blocks, and undoes', async () => {
    await bob.text('tags', 'follow', 'salt');
    assert.match(await bob.text('tags', 'followed'), /salt/);
    assert.equal((await bob.json('mute', '@alice')).muting, true);
    assert.match(await bob.text('muted'), /@alice/);
    assert.equal((await bob.json('unmute', '@alice')).muting, false);
    assert.equal((await bob.json('block', '@alice')).blocking, true);
    assert.match(await bob.text('blocked'), /@alice/);
    assert.equal((await bob.json('unblock', '@alice')).blocking, false);
  });

  it('handles follow requests', async () => {
    assert.equal((await bob.json('follow', '@alice')).requested, true);
    assert.match(await alice.text('follow-requests', 'list'), /@bob/);
    await alice.text('follow-requests', 'accept', '@bob');
    assert.match(await alice.text('followers', 'alice'), /@bob/);
  });

  it('pins, deletes, and says in words what is refused', async () => {
    const [id] = posted;
    assert.equal((await alice.json('pin', id!)).pinned, true);
    assert.equal((await alice.json('unpin', id!)).pinned, false);
    assert.notEqual(await bob.refusal('delete', id!), '');
    await alice.text('delete', id!);
    assert.match(await bob.refusal('status', id!), /not found/i);
    assert.match(await alice.refusal('notifications'), /not found/i);
  });
});
