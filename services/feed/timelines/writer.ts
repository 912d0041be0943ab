import { idTimeMs } from '#platform/ids/ids.ts';
import { FINAL_VERSION, type Mutation, put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import { weekOfId } from '../store/weeks.ts';
import type { Buckets } from './buckets.ts';
import { dayOf, type PublicKind, publicTimeline } from './public.ts';
import type { PublicPost } from './public-posts.ts';
import { postTags, publicEntry, tagEntry } from './tables.ts';
import { tagTimeline } from './tagged.ts';

/**
 * Keeps the rows of public and hashtag timelines as the newest known revision of a post wants them. `post_tags` is written first and names every hashtag under which a row may
 * stand, so whatever a crash or a repetition leaves behind is found by the next revision or by the deletion.
 */
export class TimelineWriter {
  readonly #store: WideColumn;
  readonly #buckets: Buckets;
  readonly #shards: number;

  constructor(store: WideColumn, buckets: Buckets, shards: number) {
    this.#store = store;
    this.#buckets = buckets;
    this.#shards = shards;
  }

  async write(posts: readonly PublicPost[]): Promise<void> {
    const ever = await this.#everTags(posts.map(({ body }) => body.id));
    const noted: Mutation[] = [];
    const rows: Mutation[] = [];
    for (const post of posts) {
      const { id, tags, version } = post.body;
      const all = [...new Set([...(ever.get(id) ?? []), ...tags])];
      if (all.length > 0) noted.push(put(postTags, { post_id: id, tags, ever: all }, version));
      for (const row of await this.#rowsOf(post, all)) rows.push(row);
    }
    await this.#writeAll(noted);
    await this.#writeAll(rows);
  }

  async remove(postIds: readonly string[]): Promise<void> {
    const ever = await this.#everTags(postIds);
    const mutations: Mutation[] = [];
    for (const id of postIds) {
      for (const kind of ['all', 'media'] as const) {
        const key = await this.#publicKey(kind, id, false);
        if (key !== undefined) mutations.push(remove(publicEntry, key, FINAL_VERSION));
      }
      for (const tag of ever.get(id) ?? []) {
        mutations.push(remove(tagEntry, { tag, week: weekOfId(id), post_id: id }, FINAL_VERSION));
      }
      if (ever.has(id)) mutations.push(remove(postTags, { post_id: id }, FINAL_VERSION));
    }
    await this.#writeAll(mutations);
  }

  async #rowsOf({ authorId, isReply, body }: PublicPost, ever: readonly string[]): Promise<Mutation[]> {
    const { id, version, tags } = body;
    const media = body.media.length > 0;
    const mutations: Mutation[] = [];
    if (!isReply) {
      const all = await this.#publicKey('all', id, true);
      mutations.push(put(publicEntry, { ...all!, author_id: authorId }, version));
      const withMedia = await this.#publicKey('media', id, media);
      if (media) mutations.push(put(publicEntry, { ...withMedia!, author_id: authorId }, version));
      else if (withMedia !== undefined && version > 1) mutations.push(remove(publicEntry, withMedia, version));
    }
    const week = weekOfId(id);
    for (const tag of ever) {
      if (tags.includes(tag)) {
        await this.#buckets.ensure(tagTimeline(tag), week, 1);
        mutations.push(put(tagEntry, { tag, week, post_id: id, author_id: authorId, tags, media }, version));
      } else mutations.push(remove(tagEntry, { tag, week, post_id: id }, version));
    }
    return mutations;
  }

  async #publicKey(kind: PublicKind, postId: string, makes: boolean) {
    const day = dayOf(idTimeMs(postId));
    const shards = makes
      ? await this.#buckets.ensure(publicTimeline(kind), day, this.#shards)
      : await this.#buckets.shardsOf(publicTimeline(kind), day);
    if (shards === undefined) return undefined;
    return { kind, day, shard: shards === 1 ? 0 : Number(BigInt(postId) % BigInt(shards)), post_id: postId };
  }

  async #everTags(postIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const known = new Map<string, readonly string[]>();
    if (postIds.length === 0) return known;
    const rows = await this.#store.getMany(
      postTags,
      postIds.map((post_id) => ({ post_id })),
    );
    for (const row of rows) if (row !== undefined) known.set(row.post_id, row.ever as string[]);
    return known;
  }

  async #writeAll(mutations: readonly Mutation[]): Promise<void> {
    for (let start = 0; start < mutations.length; start += ROWS_PER_WRITE) {
      await this.#store.write(mutations.slice(start, start + ROWS_PER_WRITE));
    }
  }
}

/** Posts wait in the same file; short writes let them in. */
const ROWS_PER_WRITE = 500;
