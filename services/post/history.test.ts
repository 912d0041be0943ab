import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stage: Stage;
before(async () => {
  folder = await temporaryFolder();
  stage = await openStage({ folder: folder.path });
});
after(async () => {
  await stage.close();
  await folder.remove();
});

const PLAIN = { contentWarning: '', sensitive: false, language: null, mediaIds: [], mediaDetails: [], poll: null };

test('whoever is mentioned by an edit sees what was said to them, and not what was said before', async () => {
  const { post, users } = stage;
  const [ada, bob, eve, fan] = ['ada2', 'bob2', 'eve2', 'fan2'].map((name) => stage.person(name)) as [
    string,
    string,
    string,
    string,
  ];
  users.follow(fan, ada);
  const versions = ['secret @bob2', 'still secret @bob2', 'hello @eve2 @bob2', 'without', 'again @eve2'];
  const seenBy = async (id: string, viewer: string | null) =>
    (await post.getHistory({ postId: id }, as(viewer))).revisions.map(({ text }) => text);
  for (const visibility of ['followers', 'public'] as const) {
    const input = { draft: draft(versions[0]!, { visibility }), idempotencyKey: visibility };
    const { id } = (await post.create(input, as(ada))).head;
    for (const text of versions.slice(1)) await post.edit({ ...PLAIN, postId: id, text }, as(ada));
    assert.deepEqual(await seenBy(id, ada), versions);
    assert.deepEqual(await seenBy(id, fan), versions);
    if (visibility === 'public') {
      for (const viewer of [null, bob, eve]) assert.deepEqual(await seenBy(id, viewer), versions);
    } else {
      assert.deepEqual(await seenBy(id, eve), ['hello @eve2 @bob2', 'again @eve2']);
      await assert.rejects(seenBy(id, bob), { code: 'not_found' });
      await assert.rejects(seenBy(id, null), { code: 'not_found' });
    }
  }
});
