import assert from 'node:assert/strict';
import { test } from 'node:test';
import Type from 'typebox';
import { systemClock } from '#platform/clock/system-clock.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { systemRandom } from '#platform/random/random.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { serviceContext } from './context.ts';
import { defineService, write } from './contract.ts';
import { createDirectory, type Elsewhere } from './directory.ts';

const contract = defineService('counter', { add: write(Type.Object({}), Type.Integer()) });
const context = () => serviceContext('test', systemClock);
const secret = 'x'.repeat(32);

const processOf = (elsewhere: Elsewhere) =>
  createDirectory({
    transport: 'function',
    clock: systemClock,
    log: createLog('silent'),
    random: systemRandom,
    elsewhere,
  });

test('a service of another process is called at its address, and a write waits for one that starts', async (t) => {
  const port = await freePort('127.0.0.1');
  let count = 0;
  const callee = processOf({ secret, addressOf: () => undefined, listen: { host: '127.0.0.1', port } });
  const caller = processOf({
    secret,
    addressOf: (name) => (name === 'counter' ? `http://127.0.0.1:${port}` : undefined),
  });
  t.after(() => Promise.all([callee.close(), caller.close()]));
  const client = caller.client(contract);

  await assert.rejects(client.add({}, context()), { code: 'unavailable' });
  assert.equal(count, 0);

  const gate = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const api = {
    async add() {
      entered.resolve();
      await gate.promise;
      return ++count;
    },
  };
  await callee.register(contract, api);
  const underWay = client.add({}, context());
  await entered.promise;
  const leaving = callee.unregister(contract);
  await assert.rejects(client.add({}, context()), { code: 'unavailable' }, 'who leaves takes nothing new');
  gate.resolve();
  assert.equal(await underWay, 1, 'and finishes what it has taken');
  await leaving;

  await callee.register(contract, api);
  assert.equal(await client.add({}, context()), 2);
});

test('whoever has another secret is refused, and a service that nobody offers is unavailable', async (t) => {
  const port = await freePort('127.0.0.1');
  const callee = processOf({ secret, addressOf: () => undefined, listen: { host: '127.0.0.1', port } });
  const stranger = processOf({ secret: 'y'.repeat(32), addressOf: () => `http://127.0.0.1:${port}` });
  const alone = processOf({ secret, addressOf: () => undefined });
  t.after(() => Promise.all([callee.close(), stranger.close(), alone.close()]));
  await callee.register(contract, { add: async () => 1 });
  await assert.rejects(stranger.client(contract).add({}, context()), (error) => {
    return error instanceof PlazaError && error.code === 'unauthenticated';
  });
  await assert.rejects(alone.client(contract).add({}, context()), { code: 'unavailable' });
});
