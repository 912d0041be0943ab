import { type RefObject, useLayoutEffect, useRef } from 'react';
import { barHeight, landAt } from '../../app/scroll.ts';

/**
 * The window comes to stand at the post that the screen is about, and stays there when what stands before it comes later: what comes above
 * the post moves the window by as much, before it is drawn.
 */
export function useLanding(shownBefore: number): {
  readonly before: RefObject<HTMLDivElement | null>;
  readonly focus: RefObject<HTMLDivElement | null>;
} {
  const before = useRef<HTMLDivElement>(null);
  const focus = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const landed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when what stands before changes
  useLayoutEffect(() => {
    const grown = (before.current?.offsetHeight ?? 0) - height.current;
    height.current += grown;
    if (!landed.current) {
      landed.current = true;
      if (grown > 0 && focus.current !== null)
        landAt(focus.current.getBoundingClientRect().top + scrollY - barHeight());
    } else if (grown !== 0) {
      scrollBy({ top: grown, behavior: 'instant' });
    }
  }, [shownBefore]);
  return { before, focus };
}
