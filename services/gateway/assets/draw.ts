import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Draws the pictures of profiles that have none: `node services/gateway/assets/draw.ts`. */
const AVATAR = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">
  <rect width="400" height="400" fill="#dfe3ea"/>
  <circle cx="200" cy="155" r="72" fill="#8a94a6"/>
  <path d="M60 400c0-88 62-140 140-140s140 52 140 140z" fill="#8a94a6"/>
</svg>`;

const HEADER = `<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="500">
  <rect width="1500" height="500" fill="#dfe3ea"/>
  <path d="M0 380 Q 375 260 750 360 T 1500 320 V500 H0z" fill="#c6cdd8"/>
</svg>`;

for (const [name, svg] of [
  ['missing-avatar.png', AVATAR],
  ['missing-header.png', HEADER],
] as const) {
  await sharp(Buffer.from(svg))
    .png({ palette: true, compressionLevel: 9 })
    .toFile(fileURLToPath(new URL(name, import.meta.url)));
}
