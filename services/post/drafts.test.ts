import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { userEvents } from '#contracts/events/user.ts';
import type { DraftContent } from '#contracts/model/post.ts';
import { TestClock } from '#platform/clock/test-clock.ts';
import { newEvent } from '#platform/outbox/event.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { picture, uploadAs } from './media/testing.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const HOUR_MS = 3_600_000;
const NOT_FOUND = { code: 'not_found' };

const begun = (text: string, more: Partial<DraftContent> = {}): DraftContent => ({
  text,
  contentWarning: '',
  sensitive: false,
  language: null,
  visibility: 'public',
  replyToId: null,
  mediaIds: [],
  poll: null,
  dueMs: null,
  ...more,
});

describe('drafts', () => {
  const clock = new TestClock();
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let stage: Stage;
  let people = 0;
  const person = () => stage.person(`person${people++}`);
  const by = (id: string | null) => as(id, clock);
  let keys = 0;
  const keep = (who: string, content: DraftContent, idempotencyKey = `key ${keys++}`) =>
    stage.post.addDraft({ content, idempotencyKey }, by(who));
  const of = async (who: string) => (await stage.post.listDrafts({}, by(who))).drafts;

  before(async () => {
    folder = await temporaryFolder();
    stage = await openStage({ folder: folder.path, clock });
  });
  after(async () => {
    await stage.close();
    await folder.remove();
  });

  test('are kept as they were written, empty ones too, and the one that was changed last comes first', async () => {
    const ada = person();
    const poll = { options: ['only one yet'], multiple: true, hideTotals: false, expiresInSeconds: 300 };
    const first = await keep(ada, begun('one\u0000\ud800', { poll, contentWarning: 'x', dueMs: 7, language: 'de' }));
    clock.advance(1_000);
    const second = await keep(ada, begun(''));
    assert.deepEqual(await of(ada), [second, first]);
    clock.advance(1_000);
    const changed = await stage.post.changeDraft({ id: first.id, content: begun('other words') }, by(ada));
    assert.deepEqual(changed, { id: first.id, content: begun('other words'), media: [], changedMs: clock.now() });
    assert.deepEqual(await of(ada), [changed, second]);
    await stage.post.removeDraft({ id: first.id }, by(ada));
    assert.deepEqual(await of(ada), [second]);
    await assert.rejects(stage.post.removeDraft({ id: first.id }, by(ada)), NOT_FOUND);
  });

  test('are kept once, however often and at how many times they are sent with one key', async () => {
    const [ada, bob] = [person(), person()];
    const file = await uploadAs(stage, by(ada), await picture());
    const content = begun('once', { mediaIds: [file.id] });
    const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => keep(ada, content, 'the key')));
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual(await of(ada), [first]);
    const changed = await stage.post.changeDraft({ id: first!.id, content: begun('changed') }, by(ada));
    assert.deepEqual(await keep(ada, content, 'the key'), changed);
    assert.notEqual((await keep(bob, begun('once'), 'the key')).id, first!.id);
    assert.deepEqual(await of(ada), [changed]);
  });

  test('are for nobody else', async () => {
    const [ada, bob] = [person(), person()];
    const kept = await keep(ada, begun('mine'));
    assert.deepEqual(await of(bob), []);
    await assert.rejects(stage.post.changeDraft({ id: kept.id, content: begun('stolen') }, by(bob)), NOT_FOUND);
    await assert.rejects(stage.post.removeDraft({ id: kept.id }, by(bob)), NOT_FOUND);
    await assert.rejects(stage.post.listDrafts({}, by(null)), { code: 'unauthenticated' });
    assert.deepEqual(await of(ada), [kept]);
  });

  test('are so many at most, also when they come at once', async () => {
    const ada = person();
    const tries = Array.from({ length: LIMITS.drafts + 5 }, (_, at) => keep(ada, begun(`draft ${at}`)));
    const refused = (await Promise.allSettled(tries)).filter((one) => one.status === 'rejected');
    assert.equal(refused.length, 5);
    for (const { reason } of refused) assert.deepEqual(Object.keys(reason.details), ['base']);
    const kept = await of(ada);
    assert.equal(kept.length, LIMITS.drafts);
    await stage.post.changeDraft({ id: kept[0]!.id, content: begun('changed') }, by(ada));
    await stage.post.removeDraft({ id: kept[1]!.id }, by(ada));
    await keep(ada, begun('there is room again'));
  });

  test('keep their files from being swept as long as they are there, and for a while after', async () => {
    const ada = person();
    const file = await uploadAs(stage, by(ada), await picture());
    const other = await uploadAs(stage, by(ada), await picture(32, 32));
    const kept = await keep(ada, begun('with a picture', { mediaIds: [file.id] }));
    assert.deepEqual(
      kept.media.map(({ id }) => id),
      [file.id],
    );
    clock.advance(LIMITS.unusedMediaMs + HOUR_MS);
    await stage.drain();
    await assert.rejects(stage.post.getMedia({ mediaId: other.id }, by(ada)), NOT_FOUND);
    assert.equal((await of(ada))[0]!.media.length, 1);

    await stage.post.removeDraft({ id: kept.id }, by(ada));
    await stage.drain();
    const posted = { draft: draft('posted', { mediaIds: [file.id] }), idempotencyKey: 'posted' };
    assert.equal((await stage.post.create(posted, by(ada))).head.authorId, ada);

    const loose = await uploadAs(stage, by(ada), await picture(16, 16));
    const again = await keep(ada, begun('', { mediaIds: [loose.id] }));
    await stage.post.changeDraft({ id: again.id, content: begun('without it') }, by(ada));
    clock.advance(LIMITS.unusedMediaMs + HOUR_MS);
    await stage.drain();
    await assert.rejects(stage.post.getMedia({ mediaId: loose.id }, by(ada)), NOT_FOUND);
  });

  test('take no files of others, of which they tell nothing', async () => {
    const [ada, bob] = [person(), person()];
    const file = await uploadAs(stage, by(ada), await picture());
    const kept = await keep(bob, begun('mine'));
    for (const id of [file.id, '1']) {
      const content = begun('', { mediaIds: [id] });
      const refusal = { code: 'validation_failed', message: /cannot be found/ };
      await assert.rejects(keep(bob, content), refusal);
      await assert.rejects(stage.post.changeDraft({ id: kept.id, content }, by(bob)), refusal);
    }
    await assert.rejects(keep(ada, begun('', { mediaIds: [file.id, file.id] })), { code: 'validation_failed' });
    assert.deepEqual(await of(bob), [kept]);
  });

  test('go with their author', async () => {
    const [ada, bob] = [person(), person()];
    const file = await uploadAs(stage, by(ada), await picture());
    await keep(ada, begun('mine', { mediaIds: [file.id] }));
    const kept = await keep(bob, begun('of somebody who stays'));
    stage.users.people.get(ada)!.state = 'deleted';
    const gone = {
      id: stage.ids.next(),
      source: 'user',
      subject: ada,
      version: 2,
      timeMs: 0,
      data: { accountId: ada },
    };
    await stage.ports.bus.publish('user', [newEvent(userEvents.UserDeleted, gone)]);
    await stage.drain();
    assert.deepEqual(await of(ada), []);
    assert.deepEqual(await of(bob), [kept]);
  });
});
