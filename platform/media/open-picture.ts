import sharp, { type Sharp } from 'sharp';
import type { PictureCaps } from './jobs.ts';
import { RefusedInput } from './refused-input.ts';
import type { SupportedType } from './supported-types.ts';

/** The only code of the picture library that may read bytes: one decoder for each format on the list. */
const DECODERS = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
];

/** Once for the process. */
export function restrictDecoders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: DECODERS });
  sharp.concurrency(1);
  // Pictures of one person have no business in memory while those of another are decoded.
  sharp.cache(false);
}

/** A picture whose header was read and found within the caps. Its pixels are decoded by the pipelines that `open` begins. */
export interface OpenPicture {
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif';
  /** As it is shown: turned upright. */
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
  readonly hasAlpha: boolean;
  /** Whether colour is as fine as brightness. */
  readonly fullColour: boolean;
  /** A pipeline that begins with the upright picture: of all frames, or of the first. */
  open(still: boolean): Sharp;
}

export async function openPicture(input: Buffer, type: SupportedType, caps: PictureCaps): Promise<OpenPicture> {
  const options = { failOn: 'error', limitInputPixels: caps.pixels } as const;
  const metadata = await sharp(input, { ...options, limitInputPixels: false }).metadata();
  const { format, autoOrient, pages: frames = 1 } = metadata;
  if (`image/${format}` !== type.contentType) throw new RefusedInput({ reason: 'damaged' });
  const { width, height } = autoOrient;
  if (frames > caps.frames) throw new RefusedInput({ reason: 'too_many_frames', frames: caps.frames });
  if (width * height * frames > caps.pixels) throw new RefusedInput({ reason: 'too_many_pixels', pixels: caps.pixels });
  const animated = frames > 1;
  return {
    format: format as OpenPicture['format'],
    width,
    height,
    animated,
    hasAlpha: metadata.hasAlpha,
    fullColour: metadata.chromaSubsampling === '4:4:4',
    open(still) {
      if (animated && !still) return sharp(input, { ...options, animated: true });
      return sharp(input, options).autoOrient();
    },
  };
}
