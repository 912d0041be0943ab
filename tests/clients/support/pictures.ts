import { join } from 'node:path';
import sharp from 'sharp';

/** Draws a picture of two colours into a file and answers its path. */
export async function drawPicture(folder: string, name: string, size = { width: 640, height: 480 }): Promise<string> {
  const path = join(folder, name);
  const half = { ...size, height: size.height / 2 };
  await sharp({ create: { ...size, channels: 3, background: '#2a6f97' } })
    .composite([{ input: { create: { ...half, channels: 3, background: '#f4a259' } }, gravity: 'south' }])
    .toFile(path);
  return path;
}
