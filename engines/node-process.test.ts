import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EngineNode } from './engine.ts';
import { runningPid, signalNode, startNode, stopNode } from './node-process.ts';

const SERVER =
  'const [port] = process.argv.slice(1); require("node:net").createServer().listen(Number(port), "127.0.0.1");';

test('a node is started once, found by another program, killed and started again', async (t) => {
  const node = await tinyServer(t);
  await startNode(node);
  const first = runningPid(node);
  await startNode({ ...node });
  assert.equal(runningPid({ ...node }), first);

  signalNode(node, 'SIGKILL');
  while (runningPid(node) !== undefined) await new Promise(setImmediate);
  await startNode(node);
  assert.notEqual(runningPid(node), first);

  await stopNode(node);
  assert.equal(runningPid(node), undefined);
  assert.equal(signalNode(node, 'SIGTERM'), false);
});

test('a paused node is stopped all the same', async (t) => {
  const node = await tinyServer(t);
  await startNode(node);
  signalNode(node, 'SIGSTOP');
  await stopNode(node);
  assert.equal(runningPid(node), undefined);
});

test('a node that ends while it starts shows the end of its log', async (t) => {
  const node = await tinyServer(t);
  const broken = { ...node, args: ['-e', 'console.error("no room left"); process.exit(1)'] };
  await assert.rejects(startNode(broken), /ended while it started[\s\S]*no room left/);
});

test("a pid that belongs to somebody else by now is not the node's", async (t) => {
  const node = await tinyServer(t);
  writeFileSync(join(node.folder, 'node.pid'), `${process.pid} 1`);
  assert.equal(runningPid(node), undefined);
  assert.equal(signalNode(node, 'SIGKILL'), false);
});

async function tinyServer(t: { after(fn: () => Promise<void>): void }): Promise<EngineNode> {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-node-'));
  const port = await freePort();
  const node: EngineNode = {
    name: 'tiny',
    folder,
    command: process.execPath,
    args: ['-e', SERVER, String(port)],
    answers: () => accepts(port),
  };
  t.after(async () => {
    await stopNode(node);
    rmSync(folder, { recursive: true });
  });
  return node;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
