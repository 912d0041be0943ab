import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { PlazaError } from '#platform/errors/errors.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDecoder } from './decoder.ts';
import { DECODER_LIMITS } from './limits.ts';
import { animation, chunk, gifOfManyFrames, pngOfNothing, quarters } from './testing/pictures.ts';

const decoder = createDecoder({ log: createLog('silent') });
after(() => decoder.stop());

const inputOf = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, open: async () => bytes });

async function prepared(bytes: Uint8Array) {
  const made = await decoder.prepare(inputOf(bytes), true);
  assert.equal(made.kind, 'picture');
  return made as Extract<typeof made, { kind: 'picture' }>;
}

async function refused(bytes: Uint8Array, message: RegExp): Promise<void> {
  await assert.rejects(decoder.prepare(inputOf(bytes), true), (error: PlazaError) => {
    assert.equal(error.code, 'validation_failed', error.message);
    assert.match(error.message, message);
    return true;
  });
}

/** The colour in the middle of a quarter of a picture, counted from 0 to 3 in reading order. */
async function colourOf(bytes: Buffer, quarter: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const x = Math.floor(info.width * (quarter % 2 === 0 ? 0.25 : 0.75));
  const y = Math.floor(info.height * (quarter < 2 ? 0.25 : 0.75));
  const at = (y * info.width + x) * 3;
  return [...data.subarray(at, at + 3)].map((value) => Math.round(value / 255));
}

describe('pictures are made anew', () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
    test(`${format} stays ${format}, with a thumbnail and a blurhash`, async () => {
      const made = await prepared(await quarters(1_000, 600)[format]().toBuffer());
      assert.equal(made.picture.contentType, `image/${format}`);
      assert.deepEqual([made.picture.width, made.picture.height], [1_000, 600]);
      assert.equal((await sharp(made.bytes).metadata()).format, format);
      const small = await sharp(made.thumbnailBytes).metadata();
      assert.deepEqual([small.width, small.height], [made.thumbnail.width, made.thumbnail.height]);
      assert.ok(small.width * small.height <= DECODER_LIMITS.thumbnailPixels);
      assert.ok(Math.abs(small.width / small.height - 1_000 / 600) < 0.01);
      assert.match(made.blurhash, /^[A-Za-z0-9#$%*+,\-.:;=?@[\]^_{|}~]{28}$/);
      assert.deepEqual(await colourOf(made.bytes, 0), [1, 0, 0]);
      assert.deepEqual(await colourOf(made.thumbnailBytes, 2), [0, 0, 1]);
    });
  }

  test('what can be seen through stays so', async () => {
    const clear = sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } });
    const made = await prepared(await clear.png().toBuffer());
    assert.equal((await sharp(made.thumbnailBytes).metadata()).hasAlpha, true);
    assert.equal((await sharp(made.bytes).stats()).isOpaque, false);
  });

  test('a large picture becomes smaller, in the same shape', async () => {
    const { picture } = await prepared(await quarters(5_000, 4_000).jpeg().toBuffer());
    assert.ok(picture.width * picture.height <= DECODER_LIMITS.storedPixels);
    assert.ok(picture.width > 3_200 && Math.abs(picture.width / picture.height - 1.25) < 0.01);
  });

  test('a picture of one pixel and one of extreme shape are fine', async () => {
    const dot = await prepared(await quarters(1, 1).png().toBuffer());
    assert.deepEqual([dot.picture.width, dot.thumbnail.width], [1, 1]);
    const line = await prepared(await quarters(16_000, 2).png().toBuffer());
    assert.deepEqual([line.thumbnail.width, line.thumbnail.height], [16_000, 2]);
  });

  test('an animation keeps moving, its thumbnail does not', async () => {
    for (const format of ['gif', 'webp'] as const) {
      const made = await prepared(await animation(format, 60, 40, 5));
      assert.deepEqual([made.picture.width, made.picture.height], [60, 40]);
      assert.equal((await sharp(made.bytes).metadata()).pages, 5);
      assert.equal((await sharp(made.thumbnailBytes).metadata()).pages, undefined);
    }
  });

  for (const [orientation, topLeft] of [
    [1, [1, 0, 0]],
    [3, [1, 1, 1]],
    [6, [0, 0, 1]],
    [8, [0, 1, 0]],
  ] as const) {
    test(`orientation ${orientation} is applied and forgotten`, async () => {
      const bytes = await quarters(60, 40).withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer();
      const made = await prepared(bytes);
      const turned = orientation === 6 || orientation === 8;
      assert.deepEqual([made.picture.width, made.picture.height], turned ? [40, 60] : [60, 40]);
      assert.deepEqual(await colourOf(made.bytes, 0), topLeft);
      assert.equal((await sharp(made.bytes).metadata()).orientation, undefined);
    });
  }

  for (const format of ['jpeg', 'png', 'webp'] as const) {
    test(`of a ${format}, nothing is left that tells of place, camera and person`, async () => {
      const bytes = await quarters(60, 40)
        .withExif({ IFD0: { Copyright: 'Ada of 12 Mill Lane' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>Ada knows</secret></x:xmpmeta>')
        .withIccProfile('p3')
        [format]()
        .toBuffer();
      const put = await sharp(bytes).metadata();
      assert.ok(put.exif?.includes('Mill Lane') && put.xmp?.includes('Ada knows') && put.icc, 'the test has put it in');
      const made = await prepared(bytes);
      for (const file of [made.bytes, made.thumbnailBytes]) {
        const { exif, icc, xmp } = await sharp(file).metadata();
        assert.deepEqual({ exif, icc, xmp }, { exif: undefined, icc: undefined, xmp: undefined });
        for (const word of ['Mill Lane', 'Ada knows', 'Exif', 'GPS', 'xmpmeta', 'ICC_PROFILE', 'iCCP']) {
          assert.ok(!file.includes(word), word);
        }
      }
    });
  }

  test('colours of print become colours of screens', async () => {
    const made = await prepared(await quarters(20, 20).toColourspace('cmyk').jpeg().toBuffer());
    assert.equal((await sharp(made.bytes).metadata()).space, 'srgb');
  });

  test('of a file that is two things at once, only the picture is left', async () => {
    const script = '<script>alert(document.domain)</script>';
    const zip = Buffer.from('PK\x03\x04 ../../evil.sh PK\x05\x06', 'latin1');
    const jpeg = await quarters(60, 40).jpeg().toBuffer();
    const comment = Buffer.from(`\xff\xfe\x00\x29${script}`, 'latin1');
    const png = await quarters(60, 40).png().toBuffer();
    const text = chunk('tEXt', Buffer.from(`Comment\0${script}`));
    const gif = await quarters(60, 40).gif().toBuffer();
    const polyglots = [
      Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), Buffer.from(script), zip]),
      Buffer.concat([png.subarray(0, 33), text, png.subarray(33), Buffer.from(script), zip]),
      Buffer.concat([gif, Buffer.from(`*/=1;${script}`), zip]),
    ];
    for (const polyglot of polyglots) {
      assert.ok(polyglot.includes(script));
      const { bytes, thumbnailBytes } = await prepared(polyglot);
      for (const file of [bytes, thumbnailBytes]) {
        assert.ok(!file.includes('script') && !file.includes('PK\x03\x04') && !file.includes('evil'));
      }
    }
  });
});

describe('files are told by their content', () => {
  const text = (words: string) => Buffer.from(words);
  for (const [what, bytes] of [
    ['SVG', text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
    ['SVG without a head', text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')],
    ['HTML', text('<!DOCTYPE html><html><script>alert(1)</script></html>')],
    ['PDF', text('%PDF-1.7\n1 0 obj <<>> endobj')],
    ['a script', text('#!/bin/sh\nrm -rf /')],
    ['words', text('just words')],
    ['a zip', Buffer.from('504b0304140000000000', 'hex')],
    ['TIFF', Buffer.from('49492a0008000000', 'hex')],
    ['one byte', Buffer.from([0xff])],
    ['noise', Buffer.from('00010203040506070809', 'hex')],
    ['AVIF', Buffer.from('0000001c6674797061766966000000006d696631', 'hex')],
  ] as const) {
    test(`${what} is refused`, () => refused(bytes, /is not supported; pictures are taken as JPEG/));
  }

  test('nothing at all is refused', () => refused(Buffer.alloc(0), /empty/));

  for (const [contentType, hex] of [
    ['video/mp4', '000000206674797069736f6d0000020069736f6d69736f32617663316d703431'],
    ['video/quicktime', '00000014667479707174202000000000717420200000000877696465'],
    ['video/webm', '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ff'],
    ['audio/mp4', '000000206674797034412000000000004d344120'.replace('344120000', '4d344120')],
    ['audio/flac', '664c614300000022100010000000000000000ac442f0'],
    ['audio/wav', '524946462400000057415645666d7420100000000100010044ac0000'],
    ['audio/ogg', '4f67675300020000000000000000000000000000000000000000011e01766f72626973000000000244ac0000'],
    ['audio/mpeg', `49443303000000000000fffb9064${'00'.repeat(413)}fffb9064${'00'.repeat(413)}`],
  ] as const) {
    test(`${contentType} is recognised and not touched`, async () => {
      const made = await decoder.prepare(inputOf(Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(64)])), true);
      assert.notEqual(made.kind, 'picture');
      assert.equal((made as { contentType: string }).contentType, contentType);
    });
  }

  test('a profile picture has to be a picture', async () => {
    const mp4 = Buffer.from('000000206674797069736f6d0000020069736f6d69736f32617663316d703431', 'hex');
    const variants = [{ name: 'large', width: 40, height: 40, fit: 'cover', still: false }] as const;
    await assert.rejects(decoder.renderVariants(mp4, variants), { code: 'validation_failed' });
  });
});

describe('bombs and ruins are refused, and the next picture is fine', () => {
  test('900 million pixels in a small file', async () => {
    const bomb = pngOfNothing(30_000, 30_000, { depth: 1, channels: 1 });
    assert.ok(bomb.length < 1_000_000);
    await refused(bomb, /too many pixels/);
  });

  test('a GIF whose frames have too many pixels together', async () => {
    await refused(gifOfManyFrames(2_000, 2_000, 100), /too many pixels/);
  });

  test('a GIF of too many frames', async () => {
    await refused(gifOfManyFrames(2, 2, 100_000), /may have 2000 pictures/);
  });

  test('deep colours of many pixels fit, or are refused', async () => {
    const deep = pngOfNothing(5_700, 5_700, { depth: 16, channels: 4 });
    const { picture } = await prepared(deep);
    assert.ok(picture.width * picture.height <= DECODER_LIMITS.storedPixels);
  });

  test('notes in a picture that unpack to 300 MB', async () => {
    const packed = deflateSync(Buffer.alloc(300 * 1024 * 1024));
    const note = chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), packed]));
    const profile = chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0'), packed]));
    for (const more of [note, profile]) {
      await decoder.prepare(inputOf(pngOfNothing(10, 10, { depth: 8, channels: 1 }, [more])), true).then(
        (made) => assert.ok((made as { bytes: Buffer }).bytes.length < 10_000),
        (error: PlazaError) => assert.equal(error.code, 'validation_failed'),
      );
    }
  });

  for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
    test(`a ${format} that ends too soon`, async () => {
      const whole = await quarters(400, 300)[format]().toBuffer();
      await refused(whole.subarray(0, Math.floor(whole.length * 0.6)), /damaged|not supported/);
      await refused(whole.subarray(0, 30), /damaged|not supported/);
    });
  }

  test('a picture whose bytes were changed at random is refused or fine, and nothing else', async () => {
    const seed = Number(process.env.SEED ?? 7);
    console.log(`SEED=${seed}`);
    let state = seed;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
      const whole = await quarters(64, 48)[format]().toBuffer();
      for (let round = 0; round < 15; round++) {
        const broken = Buffer.from(whole);
        for (let i = 0; i < 6; i++) broken[next(broken.length)] = next(256);
        await decoder.prepare(inputOf(broken), true).catch((error: PlazaError) => {
          assert.equal(error.code, 'validation_failed', error.stack);
        });
      }
    }
  });

  test('the beginning of a large file is never a picture', async () => {
    const bytes = await quarters(60, 40).png().toBuffer();
    await assert.rejects(decoder.prepare(inputOf(bytes), false), /A picture may have 16 MB/);
  });

  test('and the next picture is fine', async () => {
    assert.equal((await prepared(await quarters(60, 40).png().toBuffer())).picture.width, 60);
  });
});

describe('variants', () => {
  const variants = [
    { name: 'large', width: 40, height: 40, fit: 'cover', still: false },
    { name: 'still', width: 40, height: 40, fit: 'cover', still: true },
    { name: 'small', width: 12, height: 30, fit: 'inside', still: true },
  ] as const;

  test('of a still picture, moving and still are the same bytes', async () => {
    const [large, still, small] = await decoder.renderVariants(await quarters(200, 100).png().toBuffer(), variants);
    assert.deepEqual(
      [large, still, small].map((made) => [made?.name, made?.contentType, made?.width, made?.height]),
      [
        ['large', 'image/jpeg', 40, 40],
        ['still', 'image/jpeg', 40, 40],
        ['small', 'image/jpeg', 12, 6],
      ],
    );
    assert.ok(large?.bytes.equals(still!.bytes));
  });

  test('of an animation, they differ', async () => {
    const [large, still] = await decoder.renderVariants(await animation('gif', 80, 60, 4), variants);
    assert.equal(large?.contentType, 'image/gif');
    assert.equal((await sharp(large!.bytes).metadata()).pages, 4);
    assert.equal(large?.height, 40);
    assert.equal((await sharp(still!.bytes).metadata()).pages, undefined);
  });
});
