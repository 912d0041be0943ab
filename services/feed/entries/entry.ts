import type { PostHead } from '#contracts/model/post.ts';
import { compareIds } from '#platform/ids/ids.ts';

/**
 * One line of a timeline: a post that may stand there. Whether it is shown is decided when it is read. Entries are shared between
 * readers and never changed.
 */
export interface Entry {
  readonly postId: string;
  readonly authorId: string;
  /** What a repost reposts. */
  readonly targetId: string | null;
  /** Hashtags by which it came, separated by a space; empty when it came by its author alone. */
  readonly tags: string;
}

export function entryOf(head: PostHead): Entry {
  return { postId: head.id, authorId: head.authorId, targetId: head.repostOfId, tags: '' };
}

/** The same post by both reasons. */
export function joinEntries(a: Entry, b: Entry): Entry {
  if (b.tags === '' || a.tags === b.tags) return a;
  if (a.tags === '') return b;
  const names = new Set([...a.tags.split(' '), ...b.tags.split(' ')]);
  return { ...a, tags: [...names].sort().join(' ') };
}

/** Whether `a` stands before `b`: newest first, or oldest first. */
export function precedes(a: Entry, b: Entry, order: Order): boolean {
  const difference = compareIds(a.postId, b.postId);
  return order === 'newest-first' ? difference > 0 : difference < 0;
}

export type Order = 'newest-first' | 'oldest-first';

/** Index of the first entry with an id below `id`, in a list that is newest first. */
export function firstBelow(entries: readonly Entry[], id: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(entries[middle]!.postId, id) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Index of the first entry with an id at or below `id`, in a list that is newest first. */
export function firstAtOrBelow(entries: readonly Entry[], id: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(entries[middle]!.postId, id) <= 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
