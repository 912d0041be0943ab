import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { createResilience } from './resilience.ts';

const unavailable = () => new PlazaError('unavailable', 'away');
const plentyOfTime = () => 60_000;

/** A callee that fails as it is told to, and counts. */
function callee() {
  const state = {
    calls: 0,
    failure: undefined as Error | undefined,
    call: async () => {
      state.calls++;
      if (state.failure) throw state.failure;
      return 'answer';
    },
  };
  return state;
}

const quick = { minimumCalls: 4, windowCalls: 8, openMs: 1_000, firstRetryMs: 1, maxRetryMs: 1 };

test('a failing callee is left alone, and called again when it recovers', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['Date'] });
  const resilience = createResilience('post', quick);
  const post = callee();
  const call = () => resilience.run(false, plentyOfTime, post.call);
  post.failure = new PlazaError('internal', 'broken');
  for (let i = 0; i < 4; i++) await assert.rejects(call(), { code: 'internal' });
  assert.equal(resilience.open, true);

  await assert.rejects(call(), { code: 'unavailable' });
  assert.equal(post.calls, 4, 'an open circuit does not call');

  t.mock.timers.tick(1_001);
  await assert.rejects(call(), { code: 'internal' });
  assert.equal(post.calls, 5, 'one call tries, and its failure opens the circuit again');
  await assert.rejects(call(), { code: 'unavailable' });
  assert.equal(post.calls, 5);

  t.mock.timers.tick(1_001);
  post.failure = undefined;
  assert.equal(await call(), 'answer');
  assert.equal(await call(), 'answer');
  assert.equal(resilience.open, false);
});

test('refusals of the caller’s own making do not open the circuit', async () => {
  const resilience = createResilience('post', quick);
  const post = callee();
  for (const code of [
    'bad_request',
    'forbidden',
    'not_found',
    'conflict',
    'validation_failed',
    'rate_limited',
  ] as const) {
    post.failure = new PlazaError(code, code);
    for (let i = 0; i < 8; i++) await assert.rejects(resilience.run(false, plentyOfTime, post.call), { code });
  }
  assert.equal(resilience.open, false);
  assert.equal(post.calls, 48);
});

test('a minority of failures does not open the circuit', async () => {
  const resilience = createResilience('post', quick);
  const post = callee();
  for (let i = 0; i < 40; i++) {
    post.failure = i % 3 === 0 ? new PlazaError('internal', 'poison') : undefined;
    await resilience.run(false, plentyOfTime, post.call).catch(() => {});
  }
  assert.equal(resilience.open, false);
});

test('only idempotent operations are tried again, a bounded number of times', async () => {
  const post = callee();
  post.failure = unavailable();
  const roomy = { ...quick, minimumCalls: 1_000, windowCalls: 1_000 };
  await assert.rejects(createResilience('post', roomy).run(true, plentyOfTime, post.call), { code: 'unavailable' });
  assert.equal(post.calls, 3);

  post.calls = 0;
  await assert.rejects(createResilience('post', roomy).run(false, plentyOfTime, post.call), { code: 'unavailable' });
  assert.equal(post.calls, 1);
});

test('what has an answer is not tried again', async () => {
  for (const code of ['not_found', 'internal', 'timeout'] as const) {
    const post = callee();
    post.failure = new PlazaError(code, code);
    await assert.rejects(createResilience('post', quick).run(true, plentyOfTime, post.call), { code });
    assert.equal(post.calls, 1, code);
  }
});

test('nothing is tried again when the deadline would pass in the pause', async () => {
  const post = callee();
  post.failure = unavailable();
  let leftMs = 60_000;
  const call = async () => {
    leftMs = 1;
    return post.call();
  };
  await assert.rejects(
    createResilience('post', quick).run(true, () => leftMs, call),
    { code: 'unavailable' },
  );
  assert.equal(post.calls, 1);
});

test('a second attempt that succeeds is an answer', async () => {
  const post = callee();
  post.failure = unavailable();
  const call = async () => {
    if (post.calls === 1) post.failure = undefined;
    return post.call();
  };
  assert.equal(await createResilience('post', quick).run(true, plentyOfTime, call), 'answer');
  assert.equal(post.calls, 2);
});

test('more calls than a callee may have at once wait; more than may wait are refused', async () => {
  const resilience = createResilience('post', { ...quick, maxConcurrent: 2, maxQueued: 1 });
  const finish: (() => void)[] = [];
  const slow = () => new Promise<void>((resolve) => finish.push(resolve));
  const calls = [1, 2, 3].map(() => resilience.run(false, plentyOfTime, slow));
  await assert.rejects(resilience.run(false, plentyOfTime, slow), { code: 'unavailable' });
  assert.equal(finish.length, 2);
  finish[0]?.();
  await calls[0];
  assert.equal(finish.length, 3);
  for (const end of finish) end();
  await Promise.all(calls);
});
