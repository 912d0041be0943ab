/** How a picture stands in the window: enlarged around its middle, then moved. */
export interface Stand {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The window, and the picture in it at its smallest. */
export interface Room {
  readonly frame: Size;
  readonly picture: Size;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const AT_REST: Stand = { scale: 1, x: 0, y: 0 };
export const MOST_SCALE = 6;

/** Enlarges around a point, given from the middle of the window: what is under it stays there. */
export function zoomedAt(stand: Stand, scale: number, { x, y }: Point, room: Room): Stand {
  const next = Math.min(MOST_SCALE, Math.max(1, scale));
  const factor = next / stand.scale;
  return inRoom({ scale: next, x: x - (x - stand.x) * factor, y: y - (y - stand.y) * factor }, room);
}

export function movedBy(stand: Stand, { x, y }: Point, room: Room): Stand {
  return inRoom({ ...stand, x: stand.x + x, y: stand.y + y }, room);
}

/** A picture is not moved beyond its edges; what has room enough stands in the middle. */
function inRoom({ scale, x, y }: Stand, { frame, picture }: Room): Stand {
  const most = (side: keyof Size) => Math.max(0, (picture[side] * scale - frame[side]) / 2);
  return { scale, x: within(x, most('width')), y: within(y, most('height')) };
}

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));

export type Swipe = 'next' | 'previous' | 'close' | undefined;

/** What a stroke over a picture at rest means. */
export function swipeOf({ x, y }: Point): Swipe {
  if (Math.abs(x) > 60 && Math.abs(x) > Math.abs(y) * 1.5) return x < 0 ? 'next' : 'previous';
  if (y > 110 && y > Math.abs(x) * 1.5) return 'close';
  return undefined;
}
