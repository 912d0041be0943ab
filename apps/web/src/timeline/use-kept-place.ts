import { type RefObject, useEffect, useRef } from 'react';
import type { WindowVirtualizerHandle } from 'virtua';
import { keepPlace, keepThroughReload } from './place.ts';

/**
 * Notes where the reader is when the list goes away, and when the page does.
 * @param ids what is drawn
 */
export function useKeptPlace(
  entry: string,
  name: string,
  list: RefObject<WindowVirtualizerHandle | null>,
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
    const place = () => {
      const top = handle.findItemIndex(handle.scrollOffset);
      const { current } = known;
      return {
        cache: handle.cache,
        offset: handle.scrollOffset,
        anchor: current[top] ?? null,
        before: handle.scrollOffset > 0 ? (current[top - 1] ?? null) : null,
      };
    };
    const leave = () => keepThroughReload(entry, name, place());
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      keepPlace(entry, name, place());
    };
  }, [entry, name, list, drawn]);
}
