import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/system-clock.ts';
import { closeServer } from './close-server.ts';

/** A clock on which each wait lasts one turn of the event loop, as if its time had passed. */
function hurriedClock(): Clock & { passedMs: number } {
  return {
    ...systemClock,
    passedMs: 0,
    monotonic() {
      return this.passedMs;
    },
    async wait(ms: number) {
      this.passedMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('a request whose sender falls silent is waited for, and cut off in the end', async () => {
  const server = createServer((request) => void request.resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sender = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const cutOff = once(sender, 'close');
  sender.on('error', () => {});
  sender.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nsome');
  await once(server, 'request');
  const clock = hurriedClock();
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  await closeServer({ server, close }, clock);
  await cutOff;
  assert.ok(clock.passedMs >= 10_000, `cut off after ${clock.passedMs} ms`);
});
