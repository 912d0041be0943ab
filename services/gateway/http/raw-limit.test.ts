import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { after, before, test } from 'node:test';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let plaza: TestGateway;
before(async () => {
  plaza = await startTestGateway();
  plaza.world.addToken('ada-token', plaza.world.addAccount('ada'));
});
after(() => plaza.stop());

const JUNK = Buffer.alloc(64 * 1024, 'x');
const MEGABYTE = 1024 * 1024;

/** Sends pieces in chunks, without a length, until the answer comes or the connection ends; says how many bytes went. */
function trickle(path: string, type: string, pieces: Iterable<Buffer>, end = false) {
  const headers = { authorization: 'Bearer ada-token', 'content-type': type };
  return new Promise<{ status: number; sentBytes: number }>((resolve, reject) => {
    let sentBytes = 0;
    let answer: IncomingMessage | undefined;
    const sent = request(new URL(path, plaza.address), { method: 'POST', headers, agent: false }, (got) => {
      answer = got.resume();
    });
    const finish = () =>
      answer === undefined
        ? reject(new Error('cut without an answer'))
        : resolve({ status: answer.statusCode!, sentBytes });
    sent
      .on('close', finish)
      .on('error', finish)
      .setTimeout(30_000, () => sent.destroy(new Error('no answer')));
    void (async () => {
      for (const piece of pieces) {
        if (answer !== undefined || sent.destroyed) break;
        sentBytes += piece.length;
        // Each piece waits for the network, so that what is sent is what the other side took.
        await new Promise((taken) => sent.write(piece, taken));
      }
      if (end || answer !== undefined) sent.end();
    })();
  });
}

function* forever(first: string): Generator<Buffer> {
  yield Buffer.from(first);
  while (true) yield JUNK;
}

for (const [what, first] of [
  ['before its first boundary', ''],
  ['after its last boundary', '--b\r\ncontent-disposition: form-data; name="status"\r\n\r\nhello\r\n--b--\r\n'],
] as const) {
  test(`a form in chunks that goes on ${what} is refused with 413 and cut off`, async () => {
    const { status, sentBytes } = await trickle('/api/v1/statuses', 'multipart/form-data; boundary=b', forever(first));
    assert.equal(status, 413);
    // What a form without files may weigh, and what sockets on both sides hold on the way.
    assert.ok(sentBytes < 16 * MEGABYTE, `${sentBytes} bytes were taken`);
  });
}

for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
  test(`${type} in chunks without end is refused with 413`, async () => {
    const { status } = await trickle('/api/v1/statuses', type, forever(''));
    assert.equal(status, 413);
  });
}
