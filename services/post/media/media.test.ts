import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import type { PlazaError } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { as, draft, openStage, type Stage } from '../testing/stage.ts';
import { objectKeys, picture, tableCounts, upload, uploadAs, VIDEO } from './testing.ts';

const HOUR_MS = 3_600_000;
const QUOTA_BYTES = 200_000;

let stage: Stage;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const clock = new TestClock();
before(async () => {
  folder = await temporaryFolder();
  stage = await openStage({ folder: folder.path, clock, mediaQuotaBytes: QUOTA_BYTES });
});
after(async () => {
  await stage.close();
  await folder.remove();
});

let people = 0;
const person = () => stage.person(`person${people++}`);
const by = (accountId: string | null) => as(accountId, clock);
let keys = 0;
const say = async (who: string, overrides: Parameters<typeof draft>[1]) =>
  (await stage.post.create({ draft: draft('words', overrides), idempotencyKey: `key${keys++}` }, by(who))).head.id;
const edit = (postId: string, mediaIds: string[], more: object = {}) => ({
  postId,
  text: 'other words',
  contentWarning: '',
  sensitive: false,
  language: null,
  mediaIds,
  mediaDetails: [],
  poll: null,
  ...more,
});
const attachedTo = async (postId: string) =>
  (await stage.post.getBodies({ ids: [postId] }, by(null))).bodies[0]!.media.map(({ id }) => id);
const isFree = async (who: string, mediaId: string) =>
  (await stage.post.getMedia({ mediaId }, by(who))).postId === null;

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: PlazaError) => error.code ?? String(error),
  );
}

/** Lets the clock run and everything that is due happen. */
async function later(ms: number): Promise<void> {
  clock.advance(ms);
  await stage.drain();
}

describe('uploads become media', () => {
  test('a picture: two files, a row, and nothing of the upload', async () => {
    const ada = person();
    const uploadKey = await upload(stage, await picture());
    const input = { uploadKey, description: 'blue', focus: { x: 0.5, y: -0.25 } };
    const media = await stage.post.createMedia(input, by(ada));
    assert.deepEqual(
      { ...media, id: '', blurhash: typeof media.blurhash, sizeBytes: media.sizeBytes > 0 },
      {
        id: '',
        ownerId: ada,
        postId: null,
        kind: 'image',
        contentType: 'image/png',
        fileName: 'original.png',
        thumbnailName: 'small.jpg',
        sizeBytes: true,
        original: { width: 64, height: 48 },
        thumbnail: { width: 64, height: 48 },
        blurhash: 'string',
        description: 'blue',
        focus: { x: 0.5, y: -0.25 },
      },
    );
    assert.deepEqual(await stage.post.getMedia({ mediaId: media.id }, by(ada)), media);
    const stored = await stage.ports.objects.get(`media/${media.id}/small.jpg`);
    assert.equal(stored?.info.contentType, 'image/jpeg');
    await buffer(stored!.body);
    const found = await objectKeys(stage);
    assert.ok(found.includes(`media/${media.id}/original.png`));
    assert.ok(!found.includes(uploadKey));
  });

  test('a video is kept byte by byte, without a thumbnail', async () => {
    const media = await uploadAs(stage, by(person()), VIDEO);
    assert.deepEqual([media.kind, media.contentType, media.thumbnailName], ['video', 'video/mp4', null]);
    const stored = await stage.ports.objects.get(`media/${media.id}/${media.fileName}`);
    assert.deepEqual(await buffer(stored!.body), VIDEO);
  });

  test('what is refused leaves nothing: no file, no row, no bytes in the quota', async () => {
    const ada = person();
    await stage.drain();
    const before = { keys: await objectKeys(stage), tables: await tableCounts(stage) };
    const whole = await picture(300, 300);
    for (const bytes of [Buffer.from('<svg/>'), Buffer.alloc(0), whole.subarray(0, whole.length - 40)]) {
      assert.equal(await codeOf(uploadAs(stage, by(ada), bytes)), 'validation_failed');
    }
    await stage.drain();
    assert.deepEqual({ keys: await objectKeys(stage), tables: await tableCounts(stage) }, before);
  });

  test('only an upload is taken for one', async () => {
    const ada = person();
    const media = await uploadAs(stage, by(ada), await picture());
    const focus = { x: 0, y: 0 };
    for (const uploadKey of [`media/${media.id}/original.png`, 'uploads/../secret', 'uploads/1', '']) {
      assert.equal(await codeOf(stage.post.createMedia({ uploadKey, description: '', focus }, by(ada))), 'bad_request');
    }
    assert.ok((await objectKeys(stage)).includes(`media/${media.id}/original.png`));
    const uploadKey = await upload(stage, await picture());
    assert.equal(
      await codeOf(stage.post.createMedia({ uploadKey, description: '', focus }, by(null))),
      'unauthenticated',
    );
  });

  test('uploads at the same time stay within the quota of their owner', async () => {
    const ada = person();
    const bytes = Buffer.concat([VIDEO, Buffer.alloc(60_000)]);
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(uploadAs(stage, by(ada), bytes))));
    const fitting = Math.floor(QUOTA_BYTES / bytes.length);
    assert.equal(codes.filter((code) => code === 'done').length, fitting);
    assert.equal(codes.filter((code) => code === 'validation_failed').length, 8 - fitting);
    assert.equal(await codeOf(uploadAs(stage, by(ada), bytes)), 'validation_failed');
    assert.equal(await codeOf(uploadAs(stage, by(person()), bytes)), 'done');
  });

  test('deleting makes room in the quota', async () => {
    const ada = person();
    const bytes = Buffer.concat([VIDEO, Buffer.alloc(150_000)]);
    const media = await uploadAs(stage, by(ada), bytes);
    assert.equal(await codeOf(uploadAs(stage, by(ada), bytes)), 'validation_failed');
    await stage.post.deleteMedia({ mediaId: media.id }, by(ada));
    await stage.drain();
    assert.equal(await codeOf(uploadAs(stage, by(ada), bytes)), 'done');
    assert.ok(!(await objectKeys(stage)).some((key) => key.startsWith(`media/${media.id}/`)));
  });
});

describe('an upload belongs to its owner', () => {
  test('to others it does not exist', async () => {
    const [ada, bob] = [person(), person()];
    const { id: mediaId } = await uploadAs(stage, by(ada), await picture());
    for (const other of [bob, null]) {
      const expected = other === null ? 'unauthenticated' : 'not_found';
      assert.equal(await codeOf(stage.post.getMedia({ mediaId }, by(other))), expected);
      assert.equal(await codeOf(stage.post.updateMedia({ mediaId, description: 'mine' }, by(other))), expected);
      assert.equal(await codeOf(stage.post.deleteMedia({ mediaId }, by(other))), expected);
    }
    assert.equal(await codeOf(say(bob, { mediaIds: [mediaId] })), 'validation_failed');
    assert.ok(await isFree(ada, mediaId));
    assert.equal((await stage.post.getMediaAccess({ mediaId }, by(null))).open, false);
  });

  test('its description changes while no post uses it, and by editing the post later', async () => {
    const ada = person();
    const { id: mediaId } = await uploadAs(stage, by(ada), await picture(), 'first');
    const changed = await stage.post.updateMedia({ mediaId, description: 'second' }, by(ada));
    assert.deepEqual([changed.description, changed.focus], ['second', { x: 0, y: 0 }]);
    const moved = await stage.post.updateMedia({ mediaId, focus: { x: 0.1, y: 0.2 } }, by(ada));
    assert.deepEqual([moved.description, moved.focus], ['second', { x: 0.1, y: 0.2 }]);

    const postId = await say(ada, { mediaIds: [mediaId] });
    assert.equal(await codeOf(stage.post.updateMedia({ mediaId, description: 'third' }, by(ada))), 'not_found');
    assert.equal(await codeOf(stage.post.deleteMedia({ mediaId }, by(ada))), 'validation_failed');
    await stage.post.edit(
      edit(postId, [mediaId], { text: 'words', mediaDetails: [{ id: mediaId, description: 'third' }] }),
      by(ada),
    );
    assert.equal((await stage.post.getMedia({ mediaId }, by(ada))).description, 'third');
  });
});

describe('posts claim media', () => {
  test('of claims at the same time for one file, one post gets it', async () => {
    const ada = person();
    const { id } = await uploadAs(stage, by(ada), await picture());
    const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(say(ada, { mediaIds: [id] }))));
    assert.deepEqual(codes.sort(), ['done', ...new Array(5).fill('validation_failed')].sort());
  });

  test('all or none', async () => {
    const ada = person();
    const one = await uploadAs(stage, by(ada), await picture());
    const other = await uploadAs(stage, by(person()), await picture());
    for (const mediaIds of [
      [one.id, other.id],
      [one.id, '1'],
      [one.id, one.id],
    ]) {
      assert.equal(await codeOf(say(ada, { mediaIds })), 'validation_failed', String(mediaIds));
    }
    assert.ok(await isFree(ada, one.id));
  });

  test('a video stands alone, and five pictures are too many', async () => {
    const ada = person();
    const small = await picture(8, 8);
    const video = await uploadAs(stage, by(ada), VIDEO);
    const pictures: string[] = [];
    for (let i = 0; i < 5; i++) pictures.push((await uploadAs(stage, by(ada), small)).id);
    assert.equal(await codeOf(say(ada, { mediaIds: [video.id, pictures[0]!] })), 'validation_failed');
    assert.equal(await codeOf(say(ada, { mediaIds: pictures })), 'validation_failed');
    assert.deepEqual(await attachedTo(await say(ada, { mediaIds: [video.id] })), [video.id]);
    const four = pictures.slice(0, 4).reverse();
    assert.deepEqual(await attachedTo(await say(ada, { mediaIds: four })), four);
  });

  test('an edit keeps, adds and removes', async () => {
    const ada = person();
    const small = await picture(8, 8);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await uploadAs(stage, by(ada), small)).id);
    const [a, b, c] = ids as [string, string, string];
    const postId = await say(ada, { mediaIds: [a, b] });
    await stage.post.edit(edit(postId, [c, b]), by(ada));
    assert.deepEqual(await attachedTo(postId), [c, b]);
    assert.ok(await isFree(ada, a));
    await later(LIMITS.unusedMediaMs);
    assert.equal(await codeOf(stage.post.getMedia({ mediaId: a }, by(ada))), 'not_found');
    assert.deepEqual(await attachedTo(postId), [c, b]);
  });
});

describe('who may read a file without a signed address', () => {
  test('everyone, while its post is open', async () => {
    const ada = person();
    const open = async (mediaId: string) => (await stage.post.getMediaAccess({ mediaId }, by(null))).open;
    for (const [visibility, expected] of [
      ['public', true],
      ['unlisted', true],
      ['followers', false],
    ] as const) {
      const { id } = await uploadAs(stage, by(ada), await picture(8, 8));
      const postId = await say(ada, { mediaIds: [id], visibility });
      assert.equal(await open(id), expected, visibility);
      stage.users.people.get(ada)!.state = 'suspended';
      assert.equal(await open(id), false, 'suspended');
      stage.users.people.get(ada)!.state = 'active';
      await stage.post.remove({ postId, deleteMedia: false }, by(ada));
      assert.equal(await open(id), false, 'deleted');
    }
    assert.equal(await codeOf(stage.post.getMediaAccess({ mediaId: '1' }, by(null))), 'not_found');
  });
});

describe('what nobody uses goes', () => {
  test('an upload that no post took, after a day', async () => {
    const ada = person();
    const { id: mediaId } = await uploadAs(stage, by(ada), await picture());
    await later(LIMITS.unusedMediaMs - 1);
    assert.equal(await codeOf(stage.post.getMedia({ mediaId }, by(ada))), 'done');
    await later(1);
    assert.equal(await codeOf(stage.post.getMedia({ mediaId }, by(ada))), 'not_found');
    assert.ok(!(await objectKeys(stage)).some((key) => key.startsWith(`media/${mediaId}/`)));
  });

  test('media of a deleted post: at once when asked, else after a day in which they can be used again', async () => {
    const ada = person();
    const [a, b] = [await uploadAs(stage, by(ada), await picture()), await uploadAs(stage, by(ada), await picture())];
    await stage.post.remove({ postId: await say(ada, { mediaIds: [a.id] }), deleteMedia: true }, by(ada));
    await stage.drain();
    assert.equal(await codeOf(stage.post.getMedia({ mediaId: a.id }, by(ada))), 'not_found');
    assert.ok(!(await objectKeys(stage)).some((key) => key.startsWith(`media/${a.id}/`)));

    await stage.post.remove({ postId: await say(ada, { mediaIds: [b.id] }), deleteMedia: false }, by(ada));
    const again = await say(ada, { mediaIds: [b.id] });
    await later(2 * LIMITS.unusedMediaMs);
    assert.deepEqual(await attachedTo(again), [b.id], 'the deletion of the first post does not reach the second');
  });

  test('media of a scheduled post stay until it is cancelled', async () => {
    const ada = person();
    const { id } = await uploadAs(stage, by(ada), await picture());
    const dueMs = clock.now() + 72 * HOUR_MS;
    const scheduled = await stage.post.schedule(
      { draft: draft('soon', { mediaIds: [id] }), dueMs, idempotencyKey: 'soon' },
      by(ada),
    );
    await later(30 * HOUR_MS);
    assert.equal(await isFree(ada, id), false);
    await stage.post.cancelScheduled({ id: scheduled.id }, by(ada));
    await later(2 * HOUR_MS);
    await later(25 * HOUR_MS);
    assert.equal(await codeOf(stage.post.getMedia({ mediaId: id }, by(ada))), 'not_found');
  });

  test('a scheduled post takes its media with it when it is published', async () => {
    const ada = person();
    const { id } = await uploadAs(stage, by(ada), await picture());
    const dueMs = clock.now() + HOUR_MS;
    await stage.post.schedule({ draft: draft('soon', { mediaIds: [id] }), dueMs, idempotencyKey: 'soon' }, by(ada));
    await later(HOUR_MS);
    const { postId } = await stage.post.getMedia({ mediaId: id }, by(ada));
    assert.deepEqual(await attachedTo(postId!), [id]);
    await later(50 * HOUR_MS);
    assert.deepEqual(await attachedTo(postId!), [id]);
  });

  test('an upload whose request was cut short, and files that no table knows', async () => {
    const left = await upload(stage, Buffer.from('left'));
    const orphan = `media/${stage.ids.next()}/original.png`;
    await stage.ports.objects.put(orphan, Buffer.from('x'), { contentType: 'image/png' });
    await later(HOUR_MS - 1);
    const fresh = await upload(stage, Buffer.from('fresh'));
    assert.ok((await objectKeys(stage)).includes(left));
    await later(2);
    let found = await objectKeys(stage);
    assert.ok(!found.includes(left) && found.includes(fresh) && found.includes(orphan));
    await later(LIMITS.unusedMediaMs);
    found = await objectKeys(stage);
    assert.ok(!found.includes(orphan) && !found.includes(fresh));
  });
});
