import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startNode, stopNode } from '#engines/node-process.ts';
import { freePort } from '#platform/lifecycle/free-port.ts';
import { edgeNode } from './edge.ts';

const DEPLOY = join(import.meta.dirname, '../../deploy/edge');
/** What a server mixes into its answer to say that it speaks WebSocket (RFC 6455). */
const WEBSOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const LARGE_BYTES = 5 * 1024 * 1024;

/** Stands where a gateway would, and answers with what it was asked. */
async function startStandIn(name: string) {
  const checks = new EventEmitter();
  const standIn = { name, port: 0, ready: true, checks, close: async () => {} };
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.url === '/health') {
      outgoing.writeHead(standIn.ready ? 200 : 503).end();
      return void checks.emit('check');
    }
    let bytes = 0;
    for await (const chunk of incoming) bytes += (chunk as Buffer).length;
    outgoing.end(JSON.stringify({ name, bytes, headers: incoming.headers }));
  });
  server.on('upgrade', ({ headers }, socket) => {
    const accepted = createHash('sha1').update(`${headers['sec-websocket-key']}${WEBSOCKET}`).digest('base64');
    const lines = ['Connection: Upgrade', 'Upgrade: websocket', `Sec-WebSocket-Accept: ${accepted}`];
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    socket.on('error', () => {}).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  standIn.port = (server.address() as AddressInfo).port;
  standIn.close = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return standIn;
}

describe('the edge', () => {
  let folder = '';
  let port = 0;
  let standIns: Awaited<ReturnType<typeof startStandIn>>[] = [];
  let haproxy: ReturnType<typeof edgeNode>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plaza-edge-'));
    port = await freePort('127.0.0.1');
    standIns = [await startStandIn('one'), await startStandIn('two')];
    haproxy = edgeNode({ folder, port, origin: 'https://plaza.example', gateways: standIns }, '127.0.0.1');
    await startNode(haproxy);
  });
  after(async () => {
    await stopNode(haproxy);
    for (const standIn of standIns) await standIn.close();
    rmSync(folder, { recursive: true });
  });

  /** On a connection of its own, as another person would. */
  async function ask(path: string, headers: Record<string, string> = {}, body = Buffer.alloc(0)) {
    const asked = request({ host: '127.0.0.1', port, path, headers, method: 'POST', agent: false });
    asked.end(body);
    const [answer] = await once(asked, 'response');
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) text += chunk;
    return { status: answer.statusCode as number, text };
  }

  async function echo(...args: Parameters<typeof ask>) {
    const { status, text } = await ask(...args);
    assert.equal(status, 200, text);
    return JSON.parse(text) as { name: string; bytes: number; headers: IncomingHttpHeaders };
  }

  const answering = async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => echo('/')));
    return [...new Set(answers.map(({ name }) => name))].sort();
  };

  test('HAProxy takes the example of a list of gateways', () => {
    const env = { ...process.env, PLAZA_EDGE_BIND: '127.0.0.1:18080', PLAZA_EDGE_SCHEME: 'http' };
    const files = ['haproxy.cfg', 'gateways.cfg'].flatMap((name) => ['-f', join(DEPLOY, name)]);
    assert.match(String(execFileSync('haproxy', ['-c', ...files], { env })), /valid/);
  });

  test('it says itself for whom it asks, and believes no sender', async () => {
    const { headers } = await echo('/', {
      host: 'plaza.example',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-proto': 'http',
    });
    assert.equal(headers['x-forwarded-for'], '127.0.0.1');
    assert.equal(headers['x-forwarded-host'], undefined);
    assert.equal(headers['x-forwarded-proto'], 'https');
    assert.equal(headers.host, 'plaza.example');
  });

  test('health is not shown', async () => {
    for (const path of ['/health', '/health/', '/%68ealth', '/health?x=1']) {
      assert.equal((await ask(path)).status, 404, path);
    }
  });

  test('a large body passes whole', async () => {
    assert.equal((await echo('/', {}, Buffer.alloc(LARGE_BYTES))).bytes, LARGE_BYTES);
  });

  test('a connection that becomes a WebSocket carries bytes both ways', async () => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    };
    const asked = request({ host: '127.0.0.1', port, path: '/api/v1/streaming', headers, agent: false });
    asked.on('response', ({ statusCode }) => asked.destroy(new Error(`answered ${statusCode}`)));
    asked.end();
    const [, socket] = await once(asked, 'upgrade');
    socket.write('said');
    const [heard] = await once(socket, 'data');
    assert.equal(String(heard), 'said');
    socket.destroy();
  });

  test('any request goes to any gateway; one that says it is stopping is left alone, and taken again', async () => {
    const [one] = standIns;
    assert.ok(one);
    assert.deepEqual(await answering(), ['one', 'two']);
    one.ready = false;
    // Two checks take it out; when the third comes, they have been heard.
    for (let check = 0; check < 3; check++) await once(one.checks, 'check');
    assert.deepEqual(await answering(), ['two']);
    one.ready = true;
    for (let check = 0; check < 2; check++) await once(one.checks, 'check');
    assert.deepEqual(await answering(), ['one', 'two']);
  });

  test('a gateway that died is passed over at once, before any check has noticed', async () => {
    await standIns[0]?.close();
    assert.deepEqual(await answering(), ['two']);
  });
});
