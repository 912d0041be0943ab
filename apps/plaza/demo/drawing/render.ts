import sharp from 'sharp';

export type Format = 'png' | 'jpeg' | 'webp';

/** Turns a drawing into a file of this format. */
export function render(svg: string, format: Format): Promise<Buffer> {
  const picture = sharp(Buffer.from(svg)).flatten({ background: '#fff' });
  if (format === 'png') return picture.png({ compressionLevel: 6, palette: false }).toBuffer();
  return format === 'jpeg'
    ? picture.jpeg({ quality: 84 }).toBuffer()
    : picture.webp({ quality: 82, effort: 2 }).toBuffer();
}
