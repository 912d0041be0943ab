import { encode as encodeBlurhash } from 'blurhash';
import sharp from 'sharp';
import { encodeAs, encodeSmall, type Made } from './encode.ts';
import type { PictureCaps, PictureFile, PreparedPicture } from './jobs.ts';
import { type OpenPicture, openPicture } from './open-picture.ts';
import { RefusedInput } from './refused-input.ts';
import type { SupportedType } from './supported-types.ts';

export interface Prepared {
  readonly answer: PreparedPicture;
  readonly bodies: readonly [picture: Buffer, thumbnail: Buffer];
}

/** Makes a picture anew in its own format, without anything but what can be seen, with a thumbnail and a blurhash. */
export async function preparePicture(input: Buffer, type: SupportedType, caps: PictureCaps): Promise<Prepared> {
  const source = await openPicture(input, type, caps);
  const picture = await encodeAs(source, stored(source, caps.storedPixels));
  refuseTooLarge(picture, caps);
  // From what was just made, not from the input: one decoding of bytes that nobody has checked is enough.
  const size = within(picture, caps.thumbnailPixels);
  const thumbnail = await encodeSmall(sharp(picture.bytes).resize({ ...size, fit: 'fill' }), source.hasAlpha);
  refuseTooLarge(thumbnail, caps);
  return {
    answer: {
      kind: 'picture',
      picture: fileOf(picture),
      thumbnail: fileOf(thumbnail),
      blurhash: await blurhashOf(thumbnail),
    },
    bodies: [picture.bytes, thumbnail.bytes],
  };
}

function stored(source: OpenPicture, pixels: number) {
  const pipeline = source.open(false);
  const { width, height } = within(source, pixels);
  return width === source.width ? pipeline : pipeline.resize({ width, height, fit: 'fill' });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest size of the same shape that has at most `pixels`, never larger than it was. */
export function within({ width, height }: Size, pixels: number): Size {
  const scale = Math.min(1, Math.sqrt(pixels / (width * height)));
  return { width: scaled(width, scale), height: scaled(height, scale) };
}

function scaled(length: number, scale: number): number {
  return Math.max(1, Math.floor(length * scale));
}

const SAMPLE = 64;

async function blurhashOf({ bytes, width, height }: Made): Promise<string> {
  const { data, info } = await sharp(bytes)
    .resize({ width: SAMPLE, height: SAMPLE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const wide = width >= height;
  return encodeBlurhash(new Uint8ClampedArray(data), info.width, info.height, wide ? 4 : 3, wide ? 3 : 4);
}

function fileOf({ contentType, extension, width, height }: Made): PictureFile {
  return { contentType, extension, width, height };
}

function refuseTooLarge({ bytes }: Made, { outputBytes }: PictureCaps): void {
  if (bytes.length > outputBytes) throw new RefusedInput({ reason: 'too_large' });
}
