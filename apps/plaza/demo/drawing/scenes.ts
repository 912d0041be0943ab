import type { Chance } from '../chance.ts';
import { glow, hsl, land, n, ridge, type Size, sky, stars, svg } from './svg.ts';

/** A drawn picture, and what somebody who cannot see it should be told. */
export interface Drawing {
  readonly svg: string;
  readonly description: string;
}

export type Scene = (chance: Chance, size: Size) => Drawing;

const unit = ({ width, height }: Size) => Math.min(width, height) / 100;

export const mountains: Scene = (chance, size) => {
  const { width, height } = size;
  const [hue, time] = chance.pick([
    [12, 'at sunset'],
    [190, 'on a clear morning'],
    [250, 'at dusk'],
    [325, 'in the first light'],
  ] as const);
  const sunX = chance.between(0.2, 0.8) * width;
  const sunY = chance.between(0.3, 0.5) * height;
  const layers = chance.whole(4, 6);
  let content = sky(size, 's', [hsl(hue + 200, 45, 42), hsl(hue + 20, 70, 72), hsl(hue + 35, 85, 86)]);
  content += glow('g', sunX, sunY, 38 * unit(size), hsl(hue + 40, 100, 88));
  content += `<circle cx="${n(sunX)}" cy="${n(sunY)}" r="${n(6 * unit(size))}" fill="${hsl(hue + 45, 100, 92)}"/>`;
  for (let i = 0; i < layers; i++) {
    const near = i / (layers - 1);
    const heights = ridge(chance, 60, height * (0.07 + 0.07 * near), 0.52);
    content += land(
      size,
      height * (0.48 + 0.4 * near),
      heights,
      hsl(hue + 215 - 30 * near, 30 + 12 * near, 66 - 50 * near),
    );
  }
  return {
    svg: svg(size, content),
    description: `${['Four', 'Five', 'Six'][layers - 4]} ridges of mountains, one behind the other, ${time}; the sun stands low above them.`,
  };
};

export const sea: Scene = (chance, size) => {
  const { width, height } = size;
  const evening = chance.happens(0.6);
  const hue = evening ? chance.between(5, 40) : chance.between(190, 215);
  const horizon = height * chance.between(0.45, 0.58);
  const x = width * chance.between(0.25, 0.75);
  const step = unit(size);
  let content = sky(
    size,
    's',
    evening
      ? [hsl(hue + 225, 40, 40), hsl(hue, 75, 66), hsl(hue + 20, 95, 82)]
      : [hsl(hue + 5, 72, 62), hsl(hue - 8, 68, 88)],
  );
  content += glow('g', x, horizon - 10 * step, 40 * step, '#fff3cf');
  content += `<circle cx="${n(x)}" cy="${n(horizon - 10 * step)}" r="${n(7 * step)}" fill="#fff6dd"/>`;
  content += `<rect y="${n(horizon)}" width="${width}" height="${n(height - horizon)}" fill="${evening ? hsl(hue + 205, 38, 30) : hsl(hue, chance.between(42, 62), 40)}"/>`;
  for (let i = 0; i < 46; i++) {
    const near = (i / 46) ** 1.6;
    const y = horizon + near * (height - horizon);
    const half = (3 + 22 * near) * step * chance.between(0.4, 1);
    const drift = chance.between(-1, 1) * (2 + 14 * near) * step;
    content += `<ellipse cx="${n(x + drift)}" cy="${n(y)}" rx="${n(half)}" ry="${n((0.3 + near) * step * 0.6)}" fill="#fff0c9" opacity="${n(0.75 - 0.5 * near)}"/>`;
  }
  const hasBoat = chance.happens(0.65);
  if (hasBoat) {
    const boatX = width * chance.between(0.1, 0.9);
    const s = chance.between(5, 9) * step;
    content += `<g transform="translate(${n(boatX)} ${n(horizon + s * 0.25)})"><path d="M${n(-s)} 0H${n(s)}L${n(s * 0.7)} ${n(s * 0.35)}H${n(-s * 0.7)}Z" fill="#3a2b2b"/><path d="M0 ${n(-s * 0.1)}V${n(-s * 2)}L${n(s * 0.9)} ${n(-s * 0.15)}Z" fill="#fffaf0"/><path d="M${n(-s * 0.1)} ${n(-s * 0.15)}V${n(-s * 1.7)}L${n(-s * 0.7)} ${n(-s * 0.15)}Z" fill="${hsl(chance.between(0, 40), 75, 62)}"/></g>`;
  }
  return {
    svg: svg(size, content),
    description: `${evening ? 'Evening' : 'A bright day'} at the sea: the sun above a calm horizon, its light broken on the water${hasBoat ? ', and a small sailing boat' : ''}.`,
  };
};

export const city: Scene = (chance, size) => {
  const { width, height } = size;
  const hue = chance.between(215, 290);
  let content = sky(size, 's', [hsl(hue, 55, 12), hsl(hue + 20, 50, 28), hsl(hue + 90, 60, 58)]);
  content += stars(chance, { width, height: height * 0.5 }, 60);
  const moonX = width * chance.between(0.15, 0.85);
  content += glow('m', moonX, height * 0.2, 20 * unit(size), '#fdf3d0');
  content += `<circle cx="${n(moonX)}" cy="${n(height * 0.2)}" r="${n(5 * unit(size))}" fill="#fdf6df"/>`;
  let lit = 0;
  for (let row = 0; row < 3; row++) {
    const wall = hsl(hue + 8, 35, 24 - row * 7);
    for (let x = -20; x < width; ) {
      const w = chance.between(7, 14) * unit(size);
      const h = height * chance.between(0.18, 0.62 - row * 0.14);
      const top = height - h;
      content += `<rect x="${n(x)}" y="${n(top)}" width="${n(w)}" height="${n(h)}" fill="${wall}"/>`;
      const gap = w / 5;
      for (let wx = x + gap * 0.7; wx < x + w - gap && row > 0; wx += gap) {
        for (let wy = top + gap; wy < height - gap; wy += gap * 1.5) {
          if (!chance.happens(0.3)) continue;
          lit += 1;
          content += `<rect x="${n(wx)}" y="${n(wy)}" width="${n(gap * 0.55)}" height="${n(gap * 0.8)}" fill="${hsl(chance.between(38, 55), 95, 70)}" opacity="${n(chance.between(0.5, 1))}"/>`;
        }
      }
      x += w * chance.between(0.9, 1.15);
    }
  }
  return {
    svg: svg(size, content),
    description: `A city at night under the moon, ${lit > 400 ? 'with hundreds of lit windows' : 'with some windows still lit'}.`,
  };
};

export const flowers: Scene = (chance, size) => {
  const { width, height } = size;
  // Not green: petals have to stand out from leaves.
  const hue = chance.between(-75, 60);
  const step = unit(size);
  const count = chance.whole(7, 13);
  let content = sky(size, 's', [hsl(hue + 160, 45, 90), hsl(hue + 130, 40, 80)]);
  content += land(size, height * 0.86, ridge(chance, 12, height * 0.02), hsl(110, 30, 58), true);
  for (let i = 0; i < count; i++) {
    const x = width * ((i + chance.between(0.2, 0.8)) / count);
    const y = height * chance.between(0.22, 0.66);
    const lean = chance.between(-8, 8) * step;
    content += `<path d="M${n(x + lean)} ${height}Q${n(x + lean)} ${n((y + height) / 2)} ${n(x)} ${n(y)}" fill="none" stroke="${hsl(118, 35, 38)}" stroke-width="${n(1.1 * step)}"/>`;
    const leafY = (y + height) / 2 + chance.between(-5, 8) * step;
    const side = chance.pick([-1, 1]);
    content += `<path d="M${n(x + lean * 0.7)} ${n(leafY)}q${n(side * 5 * step)} ${n(-7 * step)} ${n(side * 11 * step)} ${n(-5 * step)}q${n(-side * 4 * step)} ${n(6 * step)} ${n(-side * 11 * step)} ${n(5 * step)}Z" fill="${hsl(115, 38, 45)}"/>`;
    const petals = chance.whole(5, 9);
    const radius = chance.between(6, 10) * step;
    const colour = hsl(hue + chance.between(-25, 25), chance.between(60, 85), chance.between(58, 74));
    for (let p = 0; p < petals; p++) {
      content += `<ellipse cx="${n(x)}" cy="${n(y - radius * 0.75)}" rx="${n((radius * 2.4) / petals)}" ry="${n(radius * 0.8)}" fill="${colour}" opacity="0.9" transform="rotate(${n((360 / petals) * p)} ${n(x)} ${n(y)})"/>`;
    }
    content += `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius * 0.36)}" fill="${hsl(45, 90, 62)}"/>`;
  }
  return { svg: svg(size, content), description: `${count} tall flowers in a bed, drawn simply, against a pale sky.` };
};

export const night: Scene = (chance, size) => {
  const { width, height } = size;
  const hue = chance.between(205, 265);
  let content = sky(size, 's', [hsl(hue, 65, 8), hsl(hue + 15, 55, 20), hsl(hue - 20, 45, 36)]);
  const tilt = chance.between(-35, 35);
  for (let i = 0; i < 14; i++) {
    const along = (i / 13 - 0.5) * width * 1.2;
    const spread = chance.between(-4, 4) * unit(size);
    content += `<g transform="translate(${n(width / 2)} ${n(height * 0.4)}) rotate(${n(tilt)})">${glow(`w${i}`, along, spread, chance.between(12, 24) * unit(size), hsl(hue + chance.between(-20, 60), 50, 70), 0.2)}</g>`;
  }
  content += stars(chance, { width, height: height * 0.9 }, 320);
  content += land(size, height * 0.86, ridge(chance, 30, height * 0.05), '#0b1018', true);
  let trees = '';
  for (let x = 0; x < width; x += chance.between(2.5, 7) * unit(size)) {
    const h = chance.between(6, 20) * unit(size);
    const w = h * 0.32;
    trees += `<path d="M${n(x - w)} ${height}L${n(x)} ${n(height * 0.93 - h)}L${n(x + w)} ${height}Z" fill="#070b11"/>`;
  }
  return {
    svg: svg(size, content + trees),
    description: 'The night sky full of stars, with the band of the Milky Way, above dark firs.',
  };
};

export const forest: Scene = (chance, size) => {
  const { width, height } = size;
  const [hue, season] = chance.pick([
    [150, 'in morning mist'],
    [35, 'in autumn'],
    [195, 'on a cold day'],
  ] as const);
  let content = sky(size, 's', [hsl(hue, 25, 88), hsl(hue + 10, 30, 76)]);
  const rows = 5;
  for (let row = 0; row < rows; row++) {
    const near = row / (rows - 1);
    const base = height * (0.58 + 0.42 * near);
    const colour = hsl(hue + (season === 'in autumn' ? chance.between(-18, 8) : 0), 22 + 24 * near, 72 - 50 * near);
    content += land(size, base, ridge(chance, 10, height * 0.03), colour, true);
    for (let x = -20; x < width + 20; x += chance.between(3, 7) * unit(size) * (0.7 + near)) {
      const h = chance.between(16, 30) * unit(size) * (0.55 + 0.7 * near);
      const w = h * chance.between(0.2, 0.28);
      const foot = base + 3 * unit(size);
      for (let part = 0; part < 3; part++) {
        const top = foot - h + (part * h) / 4.2;
        const half = w * (0.55 + part * 0.28);
        content += `<path d="M${n(x)} ${n(top)}L${n(x + half)} ${n(top + h * 0.42)}H${n(x - half)}Z" fill="${colour}"/>`;
      }
      content += `<rect x="${n(x - w * 0.1)}" y="${n(foot - h * 0.2)}" width="${n(w * 0.2)}" height="${n(h * 0.25)}" fill="${colour}"/>`;
    }
  }
  return { svg: svg(size, content), description: `Rows of firs ${season}, each row paler than the one before it.` };
};

export const tiles: Scene = (chance, size) => {
  const { width, height } = size;
  const hue = chance.between(0, 360);
  const colours = [
    hsl(hue, 38, 34),
    hsl(hue + 28, 42, 60),
    hsl(hue + 180, 32, 52),
    hsl(hue + 200, 24, 90),
    hsl(hue + 45, 62, 78),
  ];
  const side = Math.min(width, height) / chance.whole(5, 8);
  let content = `<rect width="${width}" height="${height}" fill="${colours[3]}"/>`;
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      const [ground, figure] = chance.shuffled(colours);
      const turn = chance.whole(0, 3) * 90;
      const shape = chance.pick([
        `<path d="M0 0H${n(side)}A${n(side)} ${n(side)} 0 0 1 0 ${n(side)}Z"/>`,
        `<circle cx="${n(side / 2)}" cy="${n(side / 2)}" r="${n(side * 0.34)}"/>`,
        `<path d="M0 0L${n(side)} ${n(side)}H0Z"/>`,
        `<path d="M0 ${n(side / 2)}L${n(side / 2)} 0L${n(side)} ${n(side / 2)}L${n(side / 2)} ${n(side)}Z"/>`,
      ]);
      content += `<g transform="translate(${n(x)} ${n(y)})"><rect width="${n(side + 0.5)}" height="${n(side + 0.5)}" fill="${ground}"/><g fill="${figure}" transform="rotate(${turn} ${n(side / 2)} ${n(side / 2)})">${shape}</g></g>`;
    }
  }
  return {
    svg: svg(size, content),
    description: 'A pattern of tiles with quarter circles, dots and triangles in five colours.',
  };
};

export const cup: Scene = (chance, size) => {
  const { width, height } = size;
  const hue = chance.between(0, 360);
  const step = unit(size);
  const x = width / 2 + chance.between(-12, 12) * step;
  const base = height * 0.78;
  const w = 20 * step;
  const h = 26 * step;
  const drink = chance.pick(['tea', 'coffee', 'cocoa'] as const);
  let content = sky(size, 's', [hsl(hue + 30, 35, 88), hsl(hue + 40, 40, 78)]);
  content += `<rect y="${n(height * 0.7)}" width="${width}" height="${n(height * 0.3)}" fill="${hsl(28, 38, 46)}"/><rect y="${n(height * 0.7)}" width="${width}" height="${n(step)}" fill="${hsl(28, 38, 58)}"/>`;
  content += `<ellipse cx="${n(x + 3 * step)}" cy="${n(base + step)}" rx="${n(w * 1.35)}" ry="${n(4 * step)}" fill="#000" opacity="0.16"/>`;
  content += `<ellipse cx="${n(x)}" cy="${n(base)}" rx="${n(w * 1.3)}" ry="${n(4 * step)}" fill="${hsl(hue, 25, 93)}"/>`;
  content += `<path d="M${n(x + w * 0.9)} ${n(base - h * 0.75)}c${n(w * 0.75)} 0 ${n(w * 0.75)} ${n(h * 0.55)} ${n(-w * 0.1)} ${n(h * 0.5)}" fill="none" stroke="${hsl(hue, 55, 52)}" stroke-width="${n(3.2 * step)}"/>`;
  content += `<path d="M${n(x - w)} ${n(base - h)}H${n(x + w)}C${n(x + w)} ${n(base - h * 0.3)} ${n(x + w * 0.7)} ${n(base)} ${n(x + w * 0.45)} ${n(base)}H${n(x - w * 0.45)}C${n(x - w * 0.7)} ${n(base)} ${n(x - w)} ${n(base - h * 0.3)} ${n(x - w)} ${n(base - h)}Z" fill="${hsl(hue, 60, 58)}"/>`;
  content += `<ellipse cx="${n(x)}" cy="${n(base - h)}" rx="${n(w)}" ry="${n(3.6 * step)}" fill="${hsl(hue, 50, 70)}"/><ellipse cx="${n(x)}" cy="${n(base - h + 0.5 * step)}" rx="${n(w * 0.9)}" ry="${n(2.8 * step)}" fill="${{ tea: hsl(28, 75, 45), coffee: hsl(22, 45, 22), cocoa: hsl(18, 45, 34) }[drink]}"/>`;
  for (let i = -1; i <= 1; i++) {
    const from = x + i * 6 * step;
    content += `<path d="M${n(from)} ${n(base - h - 4 * step)}q${n(4 * step)} ${n(-6 * step)} 0 ${n(-12 * step)}t0 ${n(-11 * step)}" fill="none" stroke="#fff" stroke-width="${n(1.4 * step)}" stroke-linecap="round" opacity="0.6"/>`;
  }
  return { svg: svg(size, content), description: `A steaming cup of ${drink} on a saucer, on a wooden table.` };
};

export const birds: Scene = (chance, size) => {
  const { width, height } = size;
  const hue = chance.between(0, 360);
  const step = unit(size);
  let content = sky(size, 's', [hsl(hue, 50, 78), hsl(hue + 35, 65, 88)]);
  content += glow('g', width * 0.75, height * 0.3, 45 * step, '#fffbe6');
  let count = 0;
  for (let wire = 0; wire < 3; wire++) {
    const y = height * (0.35 + wire * 0.2);
    const sag = chance.between(3, 8) * step;
    content += `<path d="M0 ${n(y)}Q${n(width / 2)} ${n(y + sag * 2)} ${width} ${n(y)}" fill="none" stroke="#2b2b33" stroke-width="${n(0.5 * step)}"/>`;
    for (let i = 0; i < 9; i++) {
      if (!chance.happens(0.5)) continue;
      count += 1;
      const part = (i + chance.between(0.2, 0.8)) / 9;
      const x = part * width;
      const foot = y + sag * 4 * part * (1 - part);
      const s = chance.between(2.6, 3.6) * step * chance.pick([-1, 1]);
      const b = Math.abs(s);
      content += `<g fill="#2b2b33"><ellipse cx="${n(x)}" cy="${n(foot - b * 1.05)}" rx="${n(b * 0.85)}" ry="${n(b * 1.1)}"/><circle cx="${n(x + s * 0.3)}" cy="${n(foot - b * 2.2)}" r="${n(b * 0.62)}"/><path d="M${n(x + s * 0.85)} ${n(foot - b * 2.3)}l${n(s * 0.6)} ${n(b * 0.2)}l${n(-s * 0.65)} ${n(b * 0.2)}Z" fill="#e59f2d"/><path d="M${n(x - s * 0.5)} ${n(foot - b * 0.6)}l${n(-s * 0.8)} ${n(b * 1.5)}l${n(s * 0.9)} ${n(-b * 0.8)}Z"/></g>`;
    }
  }
  return {
    svg: svg(size, content),
    description: `${count === 0 ? 'Three empty wires' : `${count} small birds on three wires`} against a bright sky.`,
  };
};

export const train: Scene = (chance, size) => {
  const { width, height } = size;
  const hue = chance.between(0, 360);
  const step = unit(size);
  const rail = height * 0.72;
  let content = sky(size, 's', [hsl(205, 60, 76), hsl(45, 60, 90)]);
  content += land(size, height * 0.5, ridge(chance, 30, height * 0.08), hsl(150, 20, 66), true);
  content += land(size, height * 0.6, ridge(chance, 20, height * 0.05), hsl(120, 28, 56), true);
  content += land(size, rail + step, [0, 0], hsl(90, 34, 46));
  content += `<rect y="${n(rail)}" width="${width}" height="${n(1.2 * step)}" fill="#5b5148"/>`;
  const carriages = chance.whole(2, 4);
  const w = 30 * step;
  let x = width * chance.between(0.02, 0.2);
  for (let i = 0; i < carriages; i++, x += w + 2 * step) {
    content += `<rect x="${n(x)}" y="${n(rail - 16 * step)}" width="${n(w)}" height="${n(13 * step)}" rx="${n(2.5 * step)}" fill="${hsl(hue, 60, 46)}"/><rect x="${n(x)}" y="${n(rail - 6.5 * step)}" width="${n(w)}" height="${n(1.4 * step)}" fill="#f6ecd2"/>`;
    for (let k = 0; k < 4; k++)
      content += `<rect x="${n(x + (2.5 + k * 6.6) * step)}" y="${n(rail - 13.5 * step)}" width="${n(4.8 * step)}" height="${n(5 * step)}" rx="${n(0.8 * step)}" fill="#dff0f5"/>`;
    for (const wheel of [6, 24])
      content += `<circle cx="${n(x + wheel * step)}" cy="${n(rail - 2 * step)}" r="${n(2.3 * step)}" fill="#322d2a"/>`;
  }
  return { svg: svg(size, content), description: `A small train of ${carriages} carriages in green hills.` };
};

export const SCENES = { mountains, sea, city, flowers, night, forest, tiles, cup, birds, train } as const;
export type SceneName = keyof typeof SCENES;
