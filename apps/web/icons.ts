import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** The ground of the icon, for what fills the whole square. */
const GROUND = '#17806c';
/** Systems cut a maskable icon to their shape; what lies within four fifths of it always stays. */
const SAFE_PART = 0.8;

/** Draws the icons of an installed client from the one that is a drawing. */
export async function drawIcons(drawing: string, folder: string): Promise<void> {
  const svg = readFileSync(drawing);
  const draw = (size: number) => sharp(svg, { density: (72 * size) / 32 }).resize(size, size);
  const filling = async (size: number) => {
    const inner = Math.round(size * SAFE_PART);
    return sharp({ create: { width: size, height: size, channels: 3, background: GROUND } }).composite([
      { input: await draw(inner).png().toBuffer() },
    ]);
  };
  mkdirSync(folder, { recursive: true });
  await Promise.all([
    draw(192).png().toFile(join(folder, '192.png')),
    draw(512).png().toFile(join(folder, '512.png')),
    filling(512).then((image) => image.png().toFile(join(folder, 'maskable.png'))),
    filling(180).then((image) => image.png().toFile(join(folder, 'touch.png'))),
  ]);
}
