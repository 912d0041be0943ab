import { useEffect, useRef, useState } from 'react';
import type { WindowVirtualizerHandle } from 'virtua';
import { entryKey, keepSizes, sizesOf } from './place.ts';

/** What of a query for pages a list needs. */
interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  fetchNextPage(): Promise<unknown>;
}

/**
 * A windowed list that is read downwards only. The place of the reader is kept on the way back.
 * @param name of the list, in the places of this entry of the history
 * @param count of what is drawn, in rows
 * @param ahead so many rows before the end the next page is fetched
 */
export function usePlainList(name: string, count: number, ahead: number, pages: Pages) {
  const [entry] = useState(entryKey);
  const [sizes] = useState(() => sizesOf(entry, name));
  const list = useRef<WindowVirtualizerHandle>(null);
  const drawn = count > 0;
  useEffect(() => {
    const handle = list.current;
    if (!drawn || handle === null) return;
    return () => keepSizes(entry, name, handle.cache);
  }, [entry, name, drawn]);

  /** Whether a next page can be asked for. */
  const further = pages.hasNextPage && !pages.isFetching && !pages.isError;
  const readOn = () => {
    const handle = list.current;
    if (handle === null || !further) return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last >= count - ahead) void pages.fetchNextPage();
  };
  return { list, sizes, drawn, further, readOn };
}
