import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { temporaryFolder } from '#ports/sqlite/testing.ts';
import { as, draft, openStage, type Stage } from './testing/stage.ts';

const clock = new TestClock();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stage: Stage;
before(async () => {
  folder = await temporaryFolder();
  stage = await openStage({ folder: folder.path, clock });
});
after(async () => {
  await stage.close();
  await folder.remove();
});

const refused = { code: 'validation_failed' };
const question = { options: ['tea', 'coffee', 'water'], multiple: false, hideTotals: false, expiresInSeconds: 600 };
let keys = 0;
async function ask(author: string, poll = {}, overrides = {}): Promise<string> {
  const input = {
    draft: draft('what do you drink?', { poll: { ...question, ...poll }, ...overrides }),
    idempotencyKey: `key-${keys++}`,
  };
  const { head } = await stage.post.create(input, as(author, clock));
  const [body] = (await stage.post.getBodies({ ids: [head.id] }, as(null, clock))).bodies;
  return body!.pollId!;
}

/** An edit of what is said; the question is the same. */
function editOf(postId: string, text: string) {
  const words = { text, contentWarning: '', sensitive: false, language: null };
  return { postId, ...words, mediaIds: [], mediaDetails: [], poll: question };
}

test('each person votes once, whatever comes at the same time', async () => {
  const { post } = stage;
  const ada = stage.person('ada');
  const bob = stage.person('bob');
  const pollId = await ask(ada);
  const tries = await Promise.allSettled(
    [0, 1, 2, 0, 1, 2, 0, 1].map((choice) => post.vote({ pollId, choices: [choice] }, as(bob, clock))),
  );
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  const poll = await post.getPoll({ pollId }, as(bob, clock));
  assert.deepEqual([poll.votes, poll.voters, poll.voted, poll.ownVotes?.length], [1, 1, true, 1]);
  assert.equal(poll.options[poll.ownVotes![0]!]!.votes, 1);
  const anonymous = await post.getPoll({ pollId }, as(null, clock));
  assert.deepEqual([anonymous.voted, anonymous.ownVotes], [undefined, undefined]);
});

test('what is no vote is refused and changes nothing', async () => {
  const { post } = stage;
  const ada = stage.person('ada2');
  const bob = stage.person('bob2');
  const pollId = await ask(ada);
  await assert.rejects(post.vote({ pollId, choices: [0] }, as(ada, clock)), refused);
  for (const choices of [[3], [0, 1], [0, 0]]) {
    await assert.rejects(post.vote({ pollId, choices }, as(bob, clock)), refused);
  }
  await assert.rejects(post.vote({ pollId, choices: [0] }, as(null, clock)), { code: 'unauthenticated' });
  const secret = await ask(ada, {}, { visibility: 'followers' });
  await assert.rejects(post.vote({ pollId: secret, choices: [0] }, as(bob, clock)), { code: 'not_found' });
  await assert.rejects(post.getPoll({ pollId: secret }, as(bob, clock)), { code: 'not_found' });
  clock.advance(600_000);
  await assert.rejects(post.vote({ pollId, choices: [0] }, as(bob, clock)), refused);
  const poll = await post.getPoll({ pollId }, as(bob, clock));
  assert.deepEqual([poll.votes, poll.voters, poll.expired], [0, 0, true]);
});

test('several choices where they are allowed; totals hidden until the end', async () => {
  const { post } = stage;
  const ada = stage.person('ada3');
  const bob = stage.person('bob3');
  const pollId = await ask(ada, { multiple: true, hideTotals: true });
  const during = await post.vote({ pollId, choices: [2, 0] }, as(bob, clock));
  assert.deepEqual(
    during.options.map(({ votes }) => votes),
    [null, null, null],
  );
  assert.deepEqual([during.votes, during.voters, during.ownVotes], [2, 1, [0, 2]]);
  clock.advance(600_000);
  const after = await post.getPoll({ pollId }, as(null, clock));
  assert.deepEqual(
    after.options.map(({ votes }) => votes),
    [1, 0, 1],
  );
});

test('another question takes the votes away, the same one keeps them', async () => {
  const { post } = stage;
  const ada = stage.person('ada4');
  const bob = stage.person('bob4');
  const pollId = await ask(ada);
  await post.vote({ pollId, choices: [1] }, as(bob, clock));
  const edit = editOf(pollId, 'what do you like to drink?');
  await post.edit(edit, as(ada, clock));
  assert.equal((await post.getPoll({ pollId }, as(bob, clock))).votes, 1);
  await post.edit({ ...edit, poll: { ...question, options: ['milk', 'juice'] } }, as(ada, clock));
  const poll = await post.getPoll({ pollId }, as(bob, clock));
  assert.deepEqual([poll.votes, poll.voters, poll.voted], [0, 0, false]);
  await post.vote({ pollId, choices: [1] }, as(bob, clock));
  const { revisions } = await post.getHistory({ postId: pollId }, as(bob, clock));
  assert.deepEqual(
    revisions.map(({ pollOptions }) => pollOptions),
    [question.options, question.options, ['milk', 'juice']],
  );
  await post.edit({ ...edit, poll: null }, as(ada, clock));
  await assert.rejects(post.getPoll({ pollId }, as(bob, clock)), { code: 'not_found' });
});

test('a poll that is over stays over while its post is mended, until it asks something else', async () => {
  const { post } = stage;
  const ada = stage.person('ada6');
  const bob = stage.person('bob6');
  const pollId = await ask(ada);
  await post.vote({ pollId, choices: [1] }, as(bob, clock));
  const edit = editOf(pollId, 'what did you drink?');
  const until = (await post.getPoll({ pollId }, as(bob, clock))).expiresMs;
  clock.advance(600_000);
  await post.edit(edit, as(ada, clock));
  await stage.drain();
  const over = await post.getPoll({ pollId }, as(bob, clock));
  assert.deepEqual([over.expired, over.expiresMs, over.votes], [true, until, 1]);
  await post.edit({ ...edit, poll: { ...question, options: ['milk', 'juice'] } }, as(ada, clock));
  await stage.drain();
  const anew = await post.getPoll({ pollId }, as(bob, clock));
  assert.deepEqual([anew.expired, anew.expiresMs, anew.votes], [false, clock.now() + 600_000, 0]);
  await post.edit(
    { ...edit, poll: { ...question, options: ['milk', 'juice'], expiresInSeconds: 900 } },
    as(ada, clock),
  );
  const longer = await post.getPoll({ pollId }, as(bob, clock));
  assert.equal(longer.expiresMs, clock.now() + 900_000);
});

test('polls that clients cannot show are refused', async () => {
  const ada = stage.person('ada5');
  const bad = [
    { options: ['one', ' '] },
    { options: ['same', 'same'] },
    { options: ['1', '2', '3', '4', '5'] },
    { options: ['x'.repeat(51), 'y'] },
    { expiresInSeconds: 299 },
    { expiresInSeconds: 2_629_747 },
  ];
  for (const poll of bad) await assert.rejects(ask(ada, poll), refused, JSON.stringify(poll));
});
