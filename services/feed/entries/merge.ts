import { type Entry, joinEntries, type Order, precedes } from './entry.ts';
import type { EntryStream } from './stream.ts';

/** Entries that a merged stream gives at a time: a page, and what folding looks ahead. */
const PIECE = 64;
/** Streams whose first piece is fetched at once. */
const CONCURRENT_FILLS = 16;

interface Cursor {
  readonly stream: EntryStream;
  buffer: readonly Entry[];
  index: number;
}

/** Merges ordered streams into one. The same post from several comes once, with the reasons of all. */
export function merged(streams: readonly EntryStream[], order: Order): EntryStream {
  if (streams.length === 1) return streams[0]!;
  const heap = new CursorHeap(order);
  let started = false;
  /** The newest entry in hand, which the next one may still join. */
  let held: Entry | undefined;
  return {
    async next() {
      if (!started) {
        started = true;
        for (const cursor of await openAll(streams)) heap.push(cursor);
      }
      const out: Entry[] = [];
      for (let cursor = heap.top(); cursor !== undefined && out.length < PIECE; cursor = heap.top()) {
        const entry = cursor.buffer[cursor.index++]!;
        if (held === undefined) held = entry;
        else if (held.postId === entry.postId) held = joinEntries(held, entry);
        else {
          out.push(held);
          held = entry;
        }
        if (cursor.index < cursor.buffer.length || (await refill(cursor))) heap.settleTop();
        else heap.dropTop();
      }
      if (out.length < PIECE && held !== undefined) {
        out.push(held);
        held = undefined;
      }
      return out;
    },
  };
}

/** Puts the next piece at hand; false at the end. */
async function refill(cursor: Cursor): Promise<boolean> {
  cursor.buffer = cursor.stream.ready?.() ?? (await cursor.stream.next());
  cursor.index = 0;
  return cursor.buffer.length > 0;
}

async function openAll(streams: readonly EntryStream[]): Promise<Cursor[]> {
  const cursors: Cursor[] = [];
  const waiting: Cursor[] = [];
  for (const stream of streams) {
    const buffer = stream.ready?.();
    if (buffer === undefined) waiting.push({ stream, buffer: [], index: 0 });
    else if (buffer.length > 0) cursors.push({ stream, buffer, index: 0 });
  }
  for (let start = 0; start < waiting.length; start += CONCURRENT_FILLS) {
    const opened = waiting.slice(start, start + CONCURRENT_FILLS).map(async (cursor) => {
      if (await refill(cursor)) cursors.push(cursor);
    });
    await Promise.all(opened);
  }
  return cursors;
}

/** A binary heap of cursors, by the entry that each would give next. */
class CursorHeap {
  readonly #order: Order;
  readonly #items: Cursor[] = [];

  constructor(order: Order) {
    this.#order = order;
  }

  top(): Cursor | undefined {
    return this.#items[0];
  }

  push(cursor: Cursor): void {
    const items = this.#items;
    let index = items.push(cursor) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(items[index]!, items[parent]!)) return;
      [items[index], items[parent]] = [items[parent]!, items[index]!];
      index = parent;
    }
  }

  /** After the top moved on. */
  settleTop(): void {
    const items = this.#items;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const right = left + 1;
      let first = index;
      if (left < items.length && this.#before(items[left]!, items[first]!)) first = left;
      if (right < items.length && this.#before(items[right]!, items[first]!)) first = right;
      if (first === index) return;
      [items[index], items[first]] = [items[first]!, items[index]!];
      index = first;
    }
  }

  dropTop(): void {
    const last = this.#items.pop()!;
    if (this.#items.length === 0) return;
    this.#items[0] = last;
    this.settleTop();
  }

  #before(a: Cursor, b: Cursor): boolean {
    return precedes(a.buffer[a.index]!, b.buffer[b.index]!, this.#order);
  }
}
