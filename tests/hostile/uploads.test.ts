import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { Constellation, onEachTransport } from '#tests/constellation/constellation.ts';
import { assertRefusal } from './decent.ts';

const PICTURE = readFileSync(new URL('../../services/gateway/assets/missing-avatar.png', import.meta.url));
const SCRIPT = '<html><script>alert(1)</script></html>';

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

/** A PNG that says it is this large, with so many bytes of nothing behind it. */
function png(width: number, height: number, bytes: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(bytes))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Files that are not what they say, with the name and type under which they come. */
const FILES: readonly (readonly [what: string, bytes: Buffer, name: string, type: string])[] = [
  ['a page called a picture', Buffer.from(SCRIPT), 'a.png', 'image/png'],
  [
    'a drawing with script',
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
    'a.svg',
    'image/svg+xml',
  ],
  [
    'a drawing called a picture',
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
    'a.jpg',
    'image/jpeg',
  ],
  ['nothing', Buffer.alloc(0), 'a.png', 'image/png'],
  ['a beginning without an end', PICTURE.subarray(0, 60), 'a.png', 'image/png'],
  ['a picture of 60,000 by 60,000', png(60_000, 60_000, 1_000), 'a.png', 'image/png'],
  ['a picture that unpacks to 100 MB', png(8_000, 8_000, 100_000_000), 'a.png', 'image/png'],
  ['a picture without size', png(0, 0, 10), 'a.png', 'image/png'],
  ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', 'latin1'), 'a.png', 'image/png'],
  ['an archive', Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'), 'a.zip', 'application/zip'],
  [
    'a document',
    Buffer.from('%PDF-1.7\n1 0 obj\n<</OpenAction <</S/JavaScript/JS(app.alert(1))>>>>'),
    'a.pdf',
    'application/pdf',
  ],
  ['a list of what to play', Buffer.from('#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n'), 'a.m3u8', 'video/mp4'],
  ['script behind the sign of a GIF', Buffer.from('GIF89a/*<script>alert(1)</script>*/=1;'), 'a.gif', 'image/gif'],
];

onEachTransport('files that are not what they say', (calls) => {
  const started = Constellation.forTests({ settings: { calls } });

  const form = (field: string, bytes: Buffer, name: string, type: string) => {
    const data = new FormData();
    data.set(field, new File([new Uint8Array(bytes)], name, { type }));
    return data;
  };

  it('are refused as media and as profile pictures, and change nothing', async () => {
    const plaza = await started;
    const { api } = await plaza.person('uploader');
    const before = (await api.get('/api/v1/accounts/verify_credentials')).body;
    for (const [what, bytes, name, type] of FILES) {
      for (const path of ['/api/v2/media', '/api/v1/media']) {
        assertRefusal(await api.post(path, form('file', bytes, name, type)), 422, `${what} at ${path}`);
      }
      for (const field of ['avatar', 'header']) {
        const answer = await api.patch('/api/v1/accounts/update_credentials', form(field, bytes, name, type));
        assertRefusal(answer, 422, `${what} as ${field}`);
      }
    }
    assert.deepEqual((await api.get('/api/v1/accounts/verify_credentials')).body, before);
  });

  it('that hide a page in a picture are served as a picture and nothing else', async () => {
    const plaza = await started;
    const { api } = await plaza.person('polyglot');
    const both = Buffer.concat([PICTURE, Buffer.from(SCRIPT)]);
    for (const name of [
      'page.html',
      '../../../evil.html',
      'a.png\u0000.html',
      '"><script>alert(1)</script>.png',
      'con',
      '.htaccess',
    ]) {
      const upload = await api.post('/api/v2/media', form('file', both, name, 'text/html'));
      assert.equal(upload.status, 200, `${name}: ${upload.text}`);
      assert.equal(upload.body.type, 'image');
      for (const url of [upload.body.url, upload.body.preview_url]) {
        const { pathname, search } = new URL(url);
        assert.match(pathname, /^\/media\/[0-9]+\/[a-z]+\.(png|webp|jpg|jpeg)$/, name);
        const file = await fetch(new URL(pathname + search, plaza.plaza.address));
        assert.equal(file.status, 200, pathname);
        assert.match(file.headers.get('content-type') ?? '', /^image\//);
        assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
        assert.match(file.headers.get('content-security-policy') ?? '', /sandbox/);
        const bytes = Buffer.from(await file.arrayBuffer());
        assert.ok(!bytes.includes('<script>'), 'what was hidden in the picture is gone');
      }
    }
  });

  it('in forms that are broken are refused', async () => {
    const plaza = await started;
    const { api } = await plaza.person('former');
    const type = (boundary: string) => ({ 'content-type': `multipart/form-data${boundary}` });
    const part =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n';
    for (const [what, body, headers] of [
      ['no boundary', 'x', type('')],
      ['another boundary', `${part}x\r\n--b--\r\n`, type('; boundary=other')],
      ['no end', `${part}x`, type('; boundary=b')],
      ['no headers in a part', '--b\r\n\r\nx\r\n--b--\r\n', type('; boundary=b')],
      ['nothing in it', '--b--\r\n', type('; boundary=b')],
      [
        '200 fields',
        `${Array.from({ length: 200 }, (_, n) => `--b\r\nContent-Disposition: form-data; name="f${n}"\r\n\r\nx\r\n`).join('')}--b--\r\n`,
        type('; boundary=b'),
      ],
    ] as const) {
      assertRefusal(await api.send('POST', '/api/v2/media', body, headers), [400, 413, 415, 422], what);
    }
    assertRefusal(await api.post('/api/v2/media', form('other', PICTURE, 'a.png', 'image/png')), 422, 'another field');
    assertRefusal(
      await api.post('/api/v1/statuses', form('status', PICTURE, 'a.png', 'image/png')),
      422,
      'a file for a text',
    );
    const twice = form('file', PICTURE, 'a.png', 'image/png');
    twice.append('file', new File([PICTURE], 'b.png', { type: 'image/png' }));
    assertRefusal(await api.post('/api/v2/media', twice), 422, 'the same field twice');
    assertRefusal(await api.post('/api/v2/media', { file: 'https://example.com/a.png' }), 422, 'an address for a file');
  });
});
