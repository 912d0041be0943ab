import type { Area } from 'react-easy-crop';

/** What each picture of a profile is cut to: the size that the server keeps. */
export const SIZES = {
  avatar: { width: 400, height: 400 },
  header: { width: 1_500, height: 500 },
} as const;

export type PictureKind = keyof typeof SIZES;

const QUALITY = 0.92;

/** Cuts an area out of a picture. A browser that cannot write WebP writes PNG. */
export async function cropped(image: string, area: Area, kind: PictureKind): Promise<Blob> {
  const { width, height } = SIZES[kind];
  const picture = new Image();
  picture.src = image;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser cannot draw pictures');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, area.x, area.y, area.width, area.height, 0, 0, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture cannot be written')) : resolve(blob)),
      'image/webp',
      QUALITY,
    ),
  );
}
