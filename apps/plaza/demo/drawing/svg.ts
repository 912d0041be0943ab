import type { Chance } from '../chance.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A number as short as drawing needs. */
export const n = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

export const hsl = (hue: number, saturation: number, lightness: number): string =>
  `hsl(${n((hue + 720) % 360)} ${n(saturation)}% ${n(lightness)}%)`;

export function svg({ width, height }: Size, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
}

/** A filled area from top to bottom, through these colours. */
export function sky({ width, height }: Size, id: string, colours: readonly string[]): string {
  const stops = colours.map((colour, i) => `<stop offset="${n(i / (colours.length - 1))}" stop-color="${colour}"/>`);
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops.join('')}</linearGradient><rect width="${width}" height="${height}" fill="url(#${id})"/>`;
}

/** A soft disc of light that fades out without an edge. */
export function glow(id: string, x: number, y: number, radius: number, colour: string, strength = 0.85): string {
  const stops = [1, 0.38, 0.1, 0].map(
    (part, i) => `<stop offset="${n(i / 3)}" stop-color="${colour}" stop-opacity="${(part * strength).toFixed(3)}"/>`,
  );
  return `<radialGradient id="${id}">${stops.join('')}</radialGradient><circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="url(#${id})"/>`;
}

/** Heights along a line by midpoint displacement: `points` of them, around 0, within about ±`height`. */
export function ridge(chance: Chance, points: number, height: number, roughness = 0.55): number[] {
  let heights = [chance.between(-1, 1) * height, chance.between(-1, 1) * height];
  let spread = height;
  while (heights.length < points) {
    spread *= roughness;
    heights = heights.flatMap((here, i) => {
      const next = heights[i + 1];
      return next === undefined ? [here] : [here, (here + next) / 2 + chance.between(-1, 1) * spread];
    });
  }
  return heights;
}

/** A land whose upper edge follows these heights around `y`, filled to the bottom. `smooth` rounds the edge. */
export function land(
  { width, height }: Size,
  y: number,
  heights: readonly number[],
  fill: string,
  smooth = false,
): string {
  const step = width / (heights.length - 1);
  const points = heights.map((offset, i) => [i * step, y - offset] as const);
  let path = `M0 ${height}L${n(points[0]![0])} ${n(points[0]![1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x, top] = points[i]!;
    const [beforeX, beforeTop] = points[i - 1]!;
    const middle = (beforeX + x) / 2;
    path += smooth ? `C${n(middle)} ${n(beforeTop)} ${n(middle)} ${n(top)} ${n(x)} ${n(top)}` : `L${n(x)} ${n(top)}`;
  }
  return `<path d="${path}L${width} ${height}Z" fill="${fill}"/>`;
}

export function stars(chance: Chance, { width, height }: Size, count: number): string {
  return Array.from({ length: count }, () => {
    const bright = chance.next() ** 3;
    return `<circle cx="${n(chance.next() * width)}" cy="${n(chance.next() * height)}" r="${n(0.6 + bright * 2)}" fill="#fff" opacity="${n(0.35 + bright * 0.6)}"/>`;
  }).join('');
}
