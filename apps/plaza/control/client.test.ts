import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { commandRunning } from './client.ts';
import { CONTROL_SOCKET } from './protocol.ts';

/** A folder on which something listens that treats who connects like this. */
async function folderOf(t: TestContext, greet: (socket: Socket) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-control-'));
  const server = createServer((socket) => {
    socket.on('error', () => {});
    greet(socket);
  });
  t.after(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, CONTROL_SOCKET), resolve));
  return folder;
}

const ask = (folder: string) => commandRunning(folder, 'events.drain', {}, () => {});

test('whoever stops or dies before a command is done is said to have stopped', async (t) => {
  const stops = await folderOf(t, (socket) => socket.once('data', () => socket.end()));
  // What was sent to it and never read makes it a reset.
  const dies = await folderOf(t, (socket) => setImmediate(() => socket.destroy()));
  for (const folder of [stops, dies]) {
    await assert.rejects(ask(folder), { code: 'unavailable', message: 'Plaza stopped before the command was done.' });
  }
});

test('where nothing listens nothing is asked', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-control-'));
  t.after(() => rm(folder, { recursive: true }));
  assert.equal(await ask(folder), undefined);
});
