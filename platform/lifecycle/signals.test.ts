import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { TestClock } from '#platform/clock/test-clock.ts';
import { type SignalSource, stopOnSignals } from './signals.ts';

function setUp(stop: () => Promise<void>) {
  const clock = new TestClock();
  const exits: number[] = [];
  const failures: unknown[] = [];
  const emitter = new EventEmitter();
  const source = Object.assign(emitter, { exit: (code: number) => void exits.push(code) }) as unknown as SignalSource;
  const dispose = stopOnSignals(source, clock, stop, (error) => void failures.push(error));
  return { clock, exits, failures, dispose, signal: (name: string) => emitter.emit(name) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the first signal stops once and exits with 0; its echoes change nothing', async () => {
  let stops = 0;
  let finish = () => {};
  const stopped = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const run = setUp(() => {
    stops++;
    return stopped;
  });
  run.signal('SIGINT');
  run.signal('SIGINT');
  run.signal('SIGTERM');
  await settled();
  assert.deepEqual([stops, run.exits], [1, []]);
  finish();
  await settled();
  assert.deepEqual([stops, run.exits], [1, [0]]);
});

test('a second signal, later, exits at once', async () => {
  const run = setUp(() => new Promise(() => {}));
  run.signal('SIGTERM');
  run.clock.advance(1_001);
  run.signal('SIGINT');
  assert.deepEqual(run.exits, [130]);
});

test('a stop that fails is told and exits with 1', async () => {
  const problem = new Error('the disk is gone');
  const run = setUp(() => Promise.reject(problem));
  run.signal('SIGTERM');
  await settled();
  assert.deepEqual([run.exits, run.failures], [[1], [problem]]);
});

test('disposed handlers hear nothing', () => {
  const run = setUp(async () => {});
  run.dispose();
  assert.equal(run.signal('SIGINT'), false);
});
