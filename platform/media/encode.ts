import type { Sharp } from 'sharp';
import type { PictureFile } from './jobs.ts';
import type { OpenPicture } from './open-picture.ts';

/** A file made of pixels alone. */
export interface Made extends PictureFile {
  readonly bytes: Buffer;
}

const TYPES = {
  jpeg: { contentType: 'image/jpeg', extension: 'jpg' },
  png: { contentType: 'image/png', extension: 'png' },
  webp: { contentType: 'image/webp', extension: 'webp' },
  gif: { contentType: 'image/gif', extension: 'gif' },
} as const;

const QUALITY = 90;
const SMALL_QUALITY = 80;
/** Animations have many pictures, and people wait. */
const ANIMATION_EFFORT = 1;

/** In the format of the source. Colours become sRGB; profiles, EXIF, XMP and comments are left behind. */
export function encodeAs(source: OpenPicture, pipeline: Sharp): Promise<Made> {
  const { format, animated, fullColour } = source;
  switch (format) {
    case 'jpeg': {
      const chromaSubsampling = fullColour ? '4:4:4' : '4:2:0';
      return make(pipeline.jpeg({ quality: QUALITY, chromaSubsampling }), format);
    }
    case 'png':
      return make(pipeline.png(), format);
    case 'webp':
      return make(pipeline.webp({ quality: QUALITY, ...(animated ? { effort: ANIMATION_EFFORT } : {}) }), format);
    case 'gif':
      return make(pipeline.gif({ effort: ANIMATION_EFFORT }), format);
  }
}

/** A small still picture: JPEG, or PNG where one can see through it. */
export function encodeSmall(pipeline: Sharp, hasAlpha: boolean): Promise<Made> {
  if (hasAlpha) return make(pipeline.png(), 'png');
  return make(pipeline.jpeg({ quality: SMALL_QUALITY, mozjpeg: true }), 'jpeg');
}

async function make(pipeline: Sharp, format: keyof typeof TYPES): Promise<Made> {
  const { data, info } = await pipeline.toBuffer({ resolveWithObject: true });
  // The frames of an animation stand below each other.
  return { bytes: data, width: info.width, height: info.pageHeight ?? info.height, ...TYPES[format] };
}
