import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Constellation } from '#tests/constellation/constellation.ts';
import { sendRaw, statusesOf } from './raw.ts';

const CLOSE = 'Connection: close\r\n';

/** Bytes on the wire that are not HTTP, or HTTP that two servers could read differently, with the statuses that may come back. */
const REQUESTS: readonly (readonly [what: string, request: string, statuses: readonly number[]])[] = [
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [400]],
  ['a request line of an unknown version', 'GET /api/v1/instance HTTP/9.9\r\nHost: a\r\n\r\n', [400]],
  ['no host', 'GET /api/v1/instance HTTP/1.1\r\n\r\n', [400]],
  [
    'two lengths',
    `POST /api/v1/apps HTTP/1.1\r\nHost: a\r\n${CLOSE}Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}abc`,
    [400],
  ],
  [
    'a length and chunks',
    `POST /api/v1/apps HTTP/1.1\r\nHost: a\r\n${CLOSE}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
    [400],
  ],
  [
    'a broken chunk',
    `POST /api/v1/apps HTTP/1.1\r\nHost: a\r\n${CLOSE}Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    [400],
  ],
  ['a negative length', `POST /api/v1/apps HTTP/1.1\r\nHost: a\r\n${CLOSE}Content-Length: -1\r\n\r\n`, [400]],
  ['a header with a line break', `GET /api/v1/instance HTTP/1.1\r\nHost: a\r\n${CLOSE}X-A: b\nX-C\r\n\r\n`, [400]],
  [
    'headers of 100 KB',
    `GET /api/v1/instance HTTP/1.1\r\nHost: a\r\n${CLOSE}X-A: ${'a'.repeat(100_000)}\r\n\r\n`,
    [431],
  ],
  ['an address of 100 KB', `GET /api/v1/${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`, [431, 414]],
  ['an unknown method', `FETCH /api/v1/instance HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`, [400]],
  ['TRACE', `TRACE /api/v1/instance HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`, [400, 404, 405]],
  ['CONNECT', `CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`, []],
  ['a proxy’s address', `GET http://127.0.0.1:1/api/v1/statuses/1 HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`, [400, 404]],
  [
    'a token that is none',
    `GET /api/v1/instance HTTP/1.1\r\nHost: a\r\n${CLOSE}Authorization: Bearer a b\r\n\r\n`,
    [401],
  ],
  [
    'a token of 10 KB',
    `GET /api/v1/instance HTTP/1.1\r\nHost: a\r\n${CLOSE}Authorization: Bearer ${'a'.repeat(10_000)}\r\n\r\n`,
    [401],
  ],
  [
    'two tokens',
    `GET /api/v1/timelines/home HTTP/1.1\r\nHost: a\r\n${CLOSE}Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n`,
    [400, 401],
  ],
];

/** Addresses of files that lead elsewhere, as they would be sent by hand: clients tidy them up. */
const WAYS_OUT = [
  '/media/../../../../etc/passwd',
  '/media/1/../../core.sqlite',
  '/media/1/..%2f..%2fcore.sqlite',
  '/media/1/%2e%2e%2f%2e%2e%2fcore.sqlite',
  '/media/1/..%5c..%5ccore.sqlite',
  '/media/..%2f..%2f/original.png',
  '/media/1/original.png%00.png',
  '/media/%31%00/original.png',
  '/media/1/.%2e/keys',
  '/media/uploads/1',
  '/media//etc/passwd',
  '/profile-images/../core.sqlite',
  '/profile-images/..%2f..%2fetc%2fpasswd',
  '/profile-images/%2e%2e/%2e%2e/etc/passwd',
  '/profile-images/..%252f..%252fcore.sqlite',
  '/profile-images//etc/passwd',
  '/profile-images/uploads/1',
  '/profile-images/media/1/original.png',
  '/profile-images/missing-avatar.png/../../core.sqlite',
  '/profile-images/\\..\\..\\core.sqlite',
  '/profile-images/C:%5cWindows%5cwin.ini',
  '/profile-images/%c0%ae%c0%ae/passwd',
  '/..%2f..%2f..%2fetc/passwd',
  '/assets/../../package.json',
  '/assets/..%2f..%2fpackage.json',
];

describe('on the wire', () => {
  const started = Constellation.forTests();

  for (const [what, request, statuses] of REQUESTS) {
    it(`${what} is refused`, async () => {
      const { plaza } = await started;
      const answer = await sendRaw(plaza.address, request);
      const got = statusesOf(answer);
      assert.ok(got.length <= 1, `answered as ${got.length} requests: ${answer.slice(0, 500)}`);
      if (statuses.length === 0) assert.deepEqual(got, [], answer.slice(0, 500));
      else
        assert.ok(
          statuses.includes(got[0]!),
          `${got[0]} rather than ${statuses.join(' or ')}: ${answer.slice(0, 500)}`,
        );
      assert.doesNotMatch(answer, /node_modules|\.ts:\d+|\/tmp\//);
      assert.equal((await fetch(`${plaza.address}/api/v1/instance`)).status, 200, 'it goes on');
    });
  }

  for (const path of WAYS_OUT) {
    it(`${path} leads nowhere`, async () => {
      const { plaza } = await started;
      const answer = await sendRaw(plaza.address, `GET ${path} HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`);
      const [status] = statusesOf(answer);
      assert.ok(status === 404 || status === 400, answer.slice(0, 500));
      assert.doesNotMatch(answer, /root:|SQLite format|dependencies|\/tmp\//);
    });
  }
});
