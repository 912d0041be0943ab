import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knowsSecret } from '#platform/calls/secret.ts';
import { startInternalServer } from '#platform/telemetry/http.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createMetrics } from '#platform/telemetry/metrics.ts';
import { drainAll } from '../drain.ts';
import { processesAt } from './processes.ts';

const SECRET = 'known to all processes of one Plaza';
const QUIET = { idle: async () => {}, lag: async () => new Map() };

async function startProcess(t: { after(fn: () => Promise<void>): void }, run?: () => Promise<void>) {
  const drain = run === undefined ? {} : { drain: { mayAsk: knowsSecret(SECRET), run } };
  const watched = { port: 0, metrics: createMetrics(), log: createLog('silent'), checks: {} };
  const server = await startInternalServer({ ...watched, ...drain });
  t.after(() => server.stop());
  return `http://localhost:${server.port}`;
}

test('each process is asked, again as long as there are events, and waited for', async (t) => {
  const done: string[] = [];
  const urls = [
    await startProcess(t, async () => void done.push('one')),
    await startProcess(t, async () => {
      await new Promise(setImmediate);
      done.push('two');
    }),
  ];
  await drainAll(await processesAt(urls, SECRET), QUIET);
  assert.deepEqual(done, ['one', 'two', 'one', 'two']);
});

test('a process finishes its work for nobody who does not know the secret', async (t) => {
  const url = await startProcess(t, async () => assert.fail('it was asked'));
  for (const process of await processesAt([url], 'guessed'))
    await assert.rejects(process.drain(), /401 not from Plaza/);
  assert.equal((await fetch(`${url}/drain`, { method: 'POST' })).status, 401);
  assert.equal((await fetch(`${url}/drain`)).status, 404);
});

test('what cannot be asked is named, with the setting', async (t) => {
  const whole = await startProcess(t);
  const [unable] = await processesAt([whole], SECRET);
  await assert.rejects(unable!.drain(), {
    code: 'unavailable',
    message: /127\.0\.0\.1:\d+ did not drain: 405.*PLAZA_PROCESS_URLS/s,
  });
  const failing = await startProcess(t, async () => Promise.reject(new Error('the store is away')));
  const [broken] = await processesAt([failing], SECRET);
  await assert.rejects(broken!.drain(), /did not drain: 500/);
});
