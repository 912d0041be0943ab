import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture of four quarters: red and green above, blue and white below. */
export function quarters(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = QUARTERS[y < height / 2 ? 0 : 1][x < width / 2 ? 0 : 1];
      pixels.set(colour, (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const QUARTERS = [
  [
    [255, 0, 0],
    [0, 255, 0],
  ],
  [
    [0, 0, 255],
    [255, 255, 255],
  ],
] as const;

/** An animation whose frames differ in their grey. */
export function animation(format: 'gif' | 'webp', width: number, height: number, frames: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let frame = 0; frame < frames; frame++) {
    pixels.fill((frame * 40) % 256, frame * width * height * 3, (frame + 1) * width * height * 3);
  }
  const raw = { width, height: height * frames, channels: 3 as const, pageHeight: height };
  const pipeline = sharp(pixels, { raw });
  return (format === 'gif' ? pipeline.gif({ delay: 100 }) : pipeline.webp({ delay: 100 })).toBuffer();
}

/** A chunk of a PNG. */
export function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** A black PNG: its pixels take almost nothing in the file, and `width` × `height` × `channels` × `depth` / 8 bytes in memory. */
export function pngOfNothing(
  width: number,
  height: number,
  colour: { depth: 1 | 8 | 16; channels: 1 | 4 },
  more: readonly Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = colour.depth;
  header[9] = colour.channels === 4 ? 6 : 0;
  const row = 1 + Math.ceil((width * colour.channels * colour.depth) / 8);
  const pixels = deflateSync(Buffer.alloc(row * height), { level: 9 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The first frame of a GIF again and again: each copy costs a few bytes. */
export function gifOfManyFrames(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.alloc(13);
  screen.write('GIF89a', 'latin1');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  screen[10] = 0x80;
  const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
  // One pixel in a corner: clear, colour 1, end.
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 0x01, 0]);
  return Buffer.concat([screen, colours, ...new Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])]);
}
