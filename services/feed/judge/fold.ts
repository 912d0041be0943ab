import type { Entry } from '../entries/entry.ts';

/** How far below a repost the same post counts as having just been there: as Mastodon. */
export const FOLD_WINDOW = 40;

/** Older entries within the window that show what this repost reposts. Where one of them stands, the repost is folded into it. */
export function sameBelow(entries: readonly Entry[], index: number): Entry[] {
  const { targetId } = entries[index]!;
  if (targetId === null) return [];
  const last = Math.min(entries.length - 1, index + FOLD_WINDOW);
  const same: Entry[] = [];
  for (let older = index + 1; older <= last; older++) {
    const entry = entries[older]!;
    if (entry.postId === targetId || entry.targetId === targetId) same.push(entry);
  }
  return same;
}
