import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import type { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { PlazaError } from '#platform/errors/errors.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let plaza: TestGateway;
before(async () => {
  plaza = await startTestGateway({
    objects: {
      deleteMany: async () => {},
      async put(_key, body) {
        for await (const _ of body as Readable) {
          throw new PlazaError('unavailable', 'The media folder cannot be written now');
        }
        throw new Error('an empty file');
      },
    },
  });
  plaza.world.addToken('ada-token', plaza.world.addAccount('ada'));
});
after(() => plaza.stop());

/** Sends on the one connection of an agent, and reads the whole answer. */
function send(agent: Agent, method: string, path: string, type = '', body = Buffer.alloc(0)): Promise<number> {
  const headers = { authorization: 'Bearer ada-token', ...(type === '' ? {} : { 'content-type': type }) };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, plaza.address), { agent, method, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode!));
    });
    sent.setTimeout(20_000, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
    sent.on('error', reject).end(body);
  });
}

const LARGE = Buffer.alloc(3_000_000, 1);

for (const [what, status, parts] of [
  ['a file that the store does not take', 503, [['file', LARGE]]],
  [
    'two files where one is expected under another name',
    422,
    [
      ['other', LARGE],
      ['file', LARGE],
    ],
  ],
  [
    'a file behind too many words',
    413,
    [...Array.from({ length: 90 }, (_, n) => [`field${n}`, '%'.repeat(60_000)] as const), ['file', LARGE]],
  ],
] as const) {
  test(`${what}: the next request on the connection is answered`, async () => {
    const form = new FormData();
    for (const [name, value] of parts) {
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, new Blob([value]), 'a.png');
    }
    const whole = new Response(form);
    const type = whole.headers.get('content-type')!;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const body = Buffer.from(await whole.arrayBuffer());
      assert.equal(await send(agent, 'POST', '/api/v2/media', type, body), status);
      assert.equal(await send(agent, 'GET', '/api/v2/instance'), 200);
    } finally {
      agent.destroy();
    }
  });
}
