import { MAX_KEYS_PER_READ, type WideColumn } from '#ports/wide-column/port.ts';
import { postTags } from '../timelines/tables.ts';

/** The hashtags of posts as they are now. */
export class PostTags {
  readonly #store: WideColumn;

  constructor(store: WideColumn) {
    this.#store = store;
  }

  async readInto(known: Map<string, readonly string[]>, postIds: readonly string[]): Promise<void> {
    for (let start = 0; start < postIds.length; start += MAX_KEYS_PER_READ) {
      const keys = postIds.slice(start, start + MAX_KEYS_PER_READ).map((post_id) => ({ post_id }));
      for (const row of await this.#store.getMany(postTags, keys)) {
        if (row !== undefined) known.set(row.post_id, row.tags as string[]);
      }
    }
  }
}
