import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PostDraft } from '#contracts/model/post.ts';
import { feedContract } from '#contracts/services/feed.ts';
import { postContract } from '#contracts/services/post.ts';
import { userContract } from '#contracts/services/user.ts';
import type { CallContext } from '#platform/calls/context.ts';
import { Constellation, onEachWorld } from '../constellation/constellation.ts';

const DRAFT: PostDraft = {
  text: '',
  contentWarning: '',
  sensitive: false,
  language: 'en',
  visibility: 'public',
  replyToId: null,
  mediaIds: [],
  poll: null,
  application: null,
};

onEachWorld('the feed with the real services', (options) => {
  const started = Constellation.forTests(options);
  let keys = 0;

  /** The services as a person calls them. */
  async function world() {
    const { plaza } = await started;
    const post = plaza.services.client(postContract);
    const user = plaza.services.client(userContract);
    const feed = plaza.services.client(feedContract);
    const as = (accountId: string): CallContext => ({
      caller: { kind: 'account', accountId, sessionId: accountId, role: 'user', scopes: ['read', 'write', 'follow'] },
      deadlineMs: Date.UTC(2100, 0),
      requestId: 'test',
    });
    return {
      plaza,
      post,
      user,
      feed,
      as,
      write: async (authorId: string, draft: Partial<PostDraft>) => {
        const call = { draft: { ...DRAFT, ...draft }, idempotencyKey: `feed-test-${++keys}` };
        return (await post.create(call, as(authorId))).head.id;
      },
      home: async (readerId: string) => {
        const { posts } = await feed.home({ page: { limit: 40 } }, as(readerId));
        return posts.map(({ head }) => head.id);
      },
    };
  }

  it('brings posts, replies, reposts and hashtags home, and takes them away at once', async () => {
    const { plaza, post, user, feed, as, write, home } = await world();
    const [ada, ben, cleo] = (await (await started).people('ada', 'ben', 'cleo')).map(({ id }) => id);
    assert.ok(ada && ben && cleo);
    await user.follow({ accountId: ada }, as(ben));
    const early = await write(ada, { text: 'before anybody looked' });
    assert.deepEqual(await home(ben), [early]);
    assert.deepEqual(await home(cleo), []);
    await feed.followTag({ name: 'Gardening' }, as(cleo));
    const tagged = await write(ada, { text: 'my #gardening day' });
    const byCleo = await write(cleo, { text: 'a stranger speaks' });
    const toStranger = await write(ada, { text: 'to a stranger', replyToId: byCleo });
    const repost = (await post.repost({ postId: byCleo, visibility: 'public' }, as(ada))).head.id;
    const intimate = await write(ada, { text: 'for followers', visibility: 'followers' });
    await plaza.drain();
    assert.deepEqual(await home(ben), [intimate, repost, tagged, early]);
    assert.deepEqual(await home(cleo), [byCleo, tagged]);
    assert.ok((await home(ada)).includes(toStranger), 'her own replies are at home with her');
    await post.edit({ postId: tagged, ...DRAFT, text: 'no hashtag', mediaDetails: [] }, as(ada));
    await plaza.drain();
    assert.deepEqual(await home(cleo), [byCleo]);
    await post.remove({ postId: early, deleteMedia: true }, as(ada));
    assert.deepEqual(await home(ben), [intimate, repost, tagged]);
    await user.mute({ accountId: cleo, notifications: true, durationSeconds: 0 }, as(ben));
    assert.deepEqual(await home(ben), [intimate, tagged]);
    await user.unmute({ accountId: cleo }, as(ben));
    await user.block({ accountId: ben }, as(ada));
    assert.deepEqual(await home(ben), []);
  });

  it('shows public, hashtag and list timelines to those who may see them', async () => {
    const { plaza, user, feed, as, write } = await world();
    const [dan, eva, fay] = (await (await started).people('dan', 'eva', 'fay')).map(({ id }) => id);
    assert.ok(dan && eva && fay);
    await user.follow({ accountId: dan }, as(eva));
    const { id: listId } = await feed.createList({ title: 'x', repliesPolicy: 'none', exclusive: true }, as(eva));
    await feed.addListMembers({ listId, accountIds: [dan] }, as(eva));
    await assert.rejects(feed.addListMembers({ listId, accountIds: [fay] }, as(eva)), { code: 'not_found' });
    const open = await write(dan, { text: 'hello #world' });
    const quiet = await write(dan, { text: 'hush #world', visibility: 'unlisted' });
    await plaza.drain();
    const ids = ({ posts }: { posts: { head: { id: string } }[] }) => posts.map(({ head }) => head.id);
    const page = { limit: 20 };
    const tag = { name: 'WORLD', any: [], all: [], none: [], onlyMedia: false, page };
    const nobody: CallContext = { ...as(eva), caller: { kind: 'anonymous' } };
    for (const who of [nobody, as(eva), as(fay)]) {
      assert.deepEqual(ids(await feed.tag(tag, who)), [open]);
      assert.ok(ids(await feed.public({ page, onlyMedia: false }, who)).includes(open));
      assert.ok(!ids(await feed.public({ page, onlyMedia: false }, who)).includes(quiet));
    }
    assert.deepEqual(ids(await feed.list({ listId, page }, as(eva))), [quiet, open]);
    assert.deepEqual(ids(await feed.home({ page }, as(eva))), [], 'an exclusive list keeps them out of home');
    await user.block({ accountId: fay }, as(dan));
    assert.deepEqual(ids(await feed.tag(tag, as(fay))), []);
    await user.unfollow({ accountId: dan }, as(eva));
    assert.deepEqual(ids(await feed.list({ listId, page }, as(eva))), []);
    await plaza.drain();
    const members = await feed.listMembers({ listId, page, all: true }, as(eva));
    assert.deepEqual(members.accountIds, []);
  });
});
