import { type RefObject, useEffect, useRef } from 'react';
import type { WindowVirtualizerHandle } from 'virtua';
import { keepSizes, keepThroughReload } from './place.ts';

/**
 * Notes where the reader is when the list goes away, and when the page does.
 * @param feed what the list stands in, and nothing else
 * @param ids what is drawn
 */
export function useKeptPlace(
  entry: string,
  name: string,
  list: RefObject<WindowVirtualizerHandle | null>,
  feed: RefObject<HTMLElement | null>,
  ids: readonly string[],
): void {
  const known = useRef(ids);
  useEffect(() => {
    known.current = ids;
  }, [ids]);
  const drawn = ids.length > 0;
  useEffect(() => {
    const handle = list.current;
    if (!drawn || handle === null) return;
    const leave = () => {
      const top = handle.findItemIndex(handle.scrollOffset);
      const { current } = known;
      const above = -(feed.current?.getBoundingClientRect().top ?? 0);
      keepThroughReload(entry, name, {
        anchor: current[top] ?? null,
        before: handle.scrollOffset > 0 ? (current[top - 1] ?? null) : null,
        into: above - handle.getItemOffset(top),
      });
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      keepSizes(entry, name, handle.cache);
    };
  }, [entry, name, list, feed, drawn]);
}
