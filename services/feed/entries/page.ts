import type { Cursors, Page } from '#contracts/model/common.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import { compareIds } from '#platform/ids/ids.ts';
import { FOLD_WINDOW } from '../judge/fold.ts';
import type { Judge } from '../judge/timeline-judge.ts';
import type { Entry } from './entry.ts';
import type { EntryStream } from './stream.ts';

/** A page stops here even if it is not full, with a cursor to go on from: nobody's filters make one request read for ever. */
const MAX_EXAMINED = 2_000;

export interface ShownPage {
  posts: ShownPost[];
  cursors: Cursors;
}

/** Reads a stream into a growing list. */
class Reader {
  readonly entries: Entry[] = [];
  ended = false;
  readonly #stream: EntryStream;

  constructor(stream: EntryStream) {
    this.#stream = stream;
  }

  async ensure(count: number): Promise<void> {
    while (!this.ended && this.entries.length < count) {
      const piece = await this.#stream.next();
      if (piece.length === 0) this.ended = true;
      for (const entry of piece) this.entries.push(entry);
    }
  }
}

/**
 * Fills a page from entries that come newest first, from below `page.maxId` on. The cursor is the last shown entry of a full page, the last examined
 * one of a page that was cut short, and absent at the end.
 */
export async function fillDownwards(stream: EntryStream, page: Page, judge: Judge): Promise<ShownPage> {
  const reader = new Reader(stream);
  const posts: ShownPost[] = [];
  let examined = 0;
  let ended = false;
  let reachedSince = false;
  while (posts.length < page.limit && examined < MAX_EXAMINED && !ended && !reachedSince) {
    const want = examined + page.limit - posts.length;
    await reader.ensure(want);
    let to = Math.min(want, reader.entries.length);
    ended = to < want;
    if (page.sinceId !== undefined) to = endAbove(reader.entries, examined, to, page.sinceId);
    reachedSince = to < want && !ended;
    if (to === examined) break;
    if (hasRepost(reader.entries, examined, to)) await reader.ensure(to + FOLD_WINDOW);
    for (const shown of await judge(reader.entries, examined, to)) if (shown !== undefined) posts.push(shown);
    examined = to;
  }
  const cursors: { olderThan?: string; newerThan?: string } = {};
  if (!ended && examined > 0) cursors.olderThan = reader.entries[examined - 1]!.postId;
  if (posts.length > 0) cursors.newerThan = posts[0]!.head.id;
  return { posts, cursors };
}

/**
 * Fills a page with the oldest entries of a stream that comes oldest first, from above `page.minId` on. `olderThan` gives up to {@link FOLD_WINDOW} entries below an
 * id, newest first.
 */
export async function fillUpwards(
  stream: EntryStream,
  olderThan: (id: string) => Promise<readonly Entry[]>,
  page: Page,
  judge: Judge,
): Promise<ShownPage> {
  const reader = new Reader(stream);
  const upwards: ShownPost[] = [];
  let context: readonly Entry[] | undefined;
  let examined = 0;
  let ended = false;
  while (upwards.length < page.limit && examined < MAX_EXAMINED && !ended) {
    const want = examined + page.limit - upwards.length;
    await reader.ensure(want);
    const to = Math.min(want, reader.entries.length);
    ended = to < want;
    if (to === examined) break;
    if (context === undefined && hasRepost(reader.entries, 0, to)) context = await olderThan(reader.entries[0]!.postId);
    const downwards = [...reader.entries.slice(0, to).reverse(), ...(context ?? [])];
    const judged = await judge(downwards, 0, to - examined);
    for (const shown of judged.toReversed()) if (shown !== undefined) upwards.push(shown);
    examined = to;
  }
  const cursors: { olderThan?: string; newerThan?: string } = {};
  if (upwards.length > 0) cursors.olderThan = upwards[0]!.head.id;
  if (examined > 0) cursors.newerThan = reader.entries[examined - 1]!.postId;
  return { posts: upwards.reverse(), cursors };
}

function endAbove(entries: readonly Entry[], from: number, to: number, sinceId: string): number {
  let end = from;
  while (end < to && compareIds(entries[end]!.postId, sinceId) > 0) end++;
  return end;
}

function hasRepost(entries: readonly Entry[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (entries[i]!.targetId !== null) return true;
  return false;
}
