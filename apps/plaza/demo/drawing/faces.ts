import type { Chance } from '../chance.ts';
import { hsl, n, svg } from './svg.ts';

const SIDE = 400;
const SKIN = ['#f6d7c3', '#eec1a0', '#d9a177', '#b97a50', '#8a5637', '#5e3a26'];
const HAIR = ['#2a211d', '#4b3225', '#7a4e2d', '#b98a4b', '#c9c3bb', '#8d3b2c', '#3f4a7a'];

/** A friendly face that is like nobody's. */
export function face(chance: Chance): string {
  const hue = chance.between(0, 360);
  const skin = chance.pick(SKIN);
  const hair = chance.pick(HAIR);
  const style = chance.whole(0, 4);
  let content = `<rect width="${SIDE}" height="${SIDE}" fill="${hsl(hue, 50, 74)}"/><circle cx="${n(chance.between(60, 340))}" cy="${n(chance.between(40, 200))}" r="${n(chance.between(90, 150))}" fill="${hsl(hue + 25, 55, 80)}"/>`;
  if (style === 1) content += `<path d="M95 190C80 60 320 60 305 190V330H95Z" fill="${hair}"/>`;
  if (style === 3) content += `<circle cx="200" cy="150" r="128" fill="${hair}"/>`;
  content += `<path d="M70 400C75 320 130 300 200 300S325 320 330 400Z" fill="${hsl(hue + 150, 45, 46)}"/><rect x="172" y="255" width="56" height="65" rx="26" fill="${skin}"/><path d="M172 292Q200 318 228 292V305Q200 330 172 305Z" fill="#000" opacity="0.1"/>`;
  content += `<ellipse cx="200" cy="195" rx="84" ry="98" fill="${skin}"/>`;
  content += `<circle cx="116" cy="202" r="17" fill="${skin}"/><circle cx="284" cy="202" r="17" fill="${skin}"/>`;
  content += hairOf(style, hair);
  content += eyes(chance) + mouth(chance);
  content += `<path d="M200 198q-10 26 3 28" fill="none" stroke="#000" stroke-opacity="0.28" stroke-width="5" stroke-linecap="round"/>`;
  for (const x of [146, 254]) content += `<circle cx="${x}" cy="232" r="15" fill="#e2604f" opacity="0.22"/>`;
  if (chance.happens(0.3)) content += glasses(chance);
  if (style !== 1 && chance.happens(0.2))
    content += `<path d="M122 225C130 320 270 320 278 225C262 262 138 262 122 225Z" fill="${hair}"/><path d="M172 258q28 14 56 0" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>`;
  return svg({ width: SIDE, height: SIDE }, content);
}

function hairOf(style: number, colour: string): string {
  if (style === 0)
    return `<path d="M112 190C105 90 165 75 210 80C265 82 300 120 288 190C275 150 250 132 205 138C165 132 130 150 112 190Z" fill="${colour}"/>`;
  if (style === 1)
    return `<path d="M108 205C100 52 300 52 292 205C280 160 255 135 190 128C150 140 122 165 108 205Z" fill="${colour}"/>`;
  if (style === 2)
    return `<circle cx="200" cy="72" r="38" fill="${colour}"/><path d="M112 185C104 58 296 58 288 185C250 132 150 132 112 185Z" fill="${colour}"/>`;
  if (style === 3) return `<path d="M112 185C104 58 296 58 288 185C244 138 156 138 112 185Z" fill="${colour}"/>`;
  return `<path d="M110 188C98 52 302 52 290 188C280 150 262 140 250 142L236 118L216 142L196 116L178 142L158 120L146 144C132 148 120 158 112 185Z" fill="${colour}"/>`;
}

function eyes(chance: Chance): string {
  const happy = chance.happens(0.25);
  return [164, 236]
    .map((x) =>
      happy
        ? `<path d="M${x - 14} 198q14 -18 28 0" fill="none" stroke="#26211f" stroke-width="6" stroke-linecap="round"/>`
        : `<ellipse cx="${x}" cy="195" rx="8" ry="10.5" fill="#26211f"/><circle cx="${x + 3}" cy="191" r="3" fill="#fff"/>`,
    )
    .concat(
      [164, 236].map(
        (x) =>
          `<path d="M${x - 16} 170q16 -10 32 0" fill="none" stroke="#26211f" stroke-opacity="0.65" stroke-width="5" stroke-linecap="round"/>`,
      ),
    )
    .join('');
}

function mouth(chance: Chance): string {
  return chance.happens(0.4)
    ? `<path d="M168 248q32 40 64 0Z" fill="#8c2f2b"/><path d="M174 250q26 10 52 0" fill="#fff"/>`
    : `<path d="M172 252q28 ${chance.whole(12, 24)} 56 0" fill="none" stroke="#7d2f2b" stroke-width="6" stroke-linecap="round"/>`;
}

function glasses(chance: Chance): string {
  const colour = chance.pick(['#2b2b2b', '#7a3030', '#2f4d66']);
  const lens = chance.happens(0.5)
    ? (x: number) => `<circle cx="${x}" cy="196" r="29"/>`
    : (x: number) => `<rect x="${x - 30}" y="174" width="60" height="44" rx="12"/>`;
  return `<g fill="#fff" fill-opacity="0.18" stroke="${colour}" stroke-width="6">${lens(164)}${lens(236)}<path d="M193 194h14" fill="none"/></g>`;
}
