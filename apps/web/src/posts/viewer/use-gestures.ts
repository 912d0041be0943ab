import { type RefObject, useEffect, useRef } from 'react';
import { AT_REST, movedBy, type Point, type Room, type Stand, type Swipe, swipeOf, zoomedAt } from './zoom.ts';

interface Gestures {
  readonly frame: RefObject<HTMLElement | null>;
  readonly picture: RefObject<HTMLElement | null>;
  readonly stand: Stand;
  /** `swiped`: how far a picture at rest is drawn aside just now. */
  readonly onStand: (stand: Stand, swiped: Point) => void;
  readonly onSwipe: (swipe: NonNullable<Swipe>) => void;
}

const NOWHERE: Point = { x: 0, y: 0 };
const DOUBLE = 2.5;

/** Fingers, mouse and wheel over a picture: moved, pinched, enlarged where it is pressed twice, drawn aside. */
export function useGestures({ frame, picture, stand, onStand, onSwipe }: Gestures): void {
  const now = useRef({ stand, onStand, onSwipe });
  useEffect(() => {
    now.current = { stand, onStand, onSwipe };
  });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const pointers = new Map<number, Point>();
    let swiped = NOWHERE;
    let gap = 0;

    const room = (): Room => ({
      frame: { width: element.clientWidth, height: element.clientHeight },
      picture: { width: picture.current?.offsetWidth ?? 0, height: picture.current?.offsetHeight ?? 0 },
    });
    const fromMiddle = ({ x, y }: Point): Point => {
      const box = element.getBoundingClientRect();
      return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
    };
    const put = (next: Stand) => {
      now.current.stand = next;
      now.current.onStand(next, swiped);
    };
    const pinch = () => {
      const [a, b] = [...pointers.values()] as [Point, Point];
      const apart = Math.hypot(a.x - b.x, a.y - b.y);
      const middle = fromMiddle({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
      if (gap > 0) put(zoomedAt(now.current.stand, (now.current.stand.scale * apart) / gap, middle, room()));
      gap = apart;
    };

    const down = (event: PointerEvent) => {
      element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      gap = 0;
      if (pointers.size > 1) swiped = NOWHERE;
    };
    const move = (event: PointerEvent) => {
      const last = pointers.get(event.pointerId);
      if (last === undefined) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size === 2) return pinch();
      const by = { x: event.clientX - last.x, y: event.clientY - last.y };
      if (now.current.stand.scale > 1) return put(movedBy(now.current.stand, by, room()));
      swiped = { x: swiped.x + by.x, y: swiped.y + by.y };
      put(now.current.stand);
    };
    const up = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId)) return;
      gap = 0;
      const swipe = event.type === 'pointerup' ? swipeOf(swiped) : undefined;
      swiped = NOWHERE;
      put(now.current.stand);
      if (swipe !== undefined) now.current.onSwipe(swipe);
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { stand: before } = now.current;
      const at = fromMiddle({ x: event.clientX, y: event.clientY });
      put(zoomedAt(before, before.scale * Math.exp(-event.deltaY / 300), at, room()));
    };
    const twice = (event: MouseEvent) => {
      const { stand: before } = now.current;
      const at = fromMiddle({ x: event.clientX, y: event.clientY });
      put(before.scale > 1 ? AT_REST : zoomedAt(before, DOUBLE, at, room()));
    };

    const leaving = new AbortController();
    const { signal } = leaving;
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', up, { signal });
    element.addEventListener('dblclick', twice, { signal });
    // Only a listener that is not passive can keep the page from being scrolled or enlarged.
    element.addEventListener('wheel', wheel, { signal, passive: false });
    return () => leaving.abort();
  }, [frame, picture]);
}
