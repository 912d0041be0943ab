import { LRUCache } from 'lru-cache';
import type { PostHead } from '#contracts/model/post.ts';
import { FreshReads } from '#platform/coalesce/fresh-reads.ts';
import { SharedReads } from '#platform/coalesce/shared-reads.ts';
import { FINAL_VERSION, type Mutation, put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import type { StoredBody } from './bodies.ts';
import { bucketOf } from './buckets.ts';
import { headColumns, headOf } from './heads.ts';
import { AUTHOR_BUCKET, POST_BODY, POST_BY_AUTHOR, POST_BY_AUTHOR_TAG, POST_HEAD, REPLY } from './tables.ts';
import { type Outcome, WriteThrough } from './write-through.ts';

/** Some 400 bytes each. */
const HEADS_IN_MEMORY = 50_000;

/** Those that gateways ask for one after the other; each of them keeps what it has got. Some 2 KB each. */
const RECENT_BODIES = 500;

export interface PostStoreOptions {
  readonly wideColumn: WideColumn;
  /** Whether this process alone writes posts, as in the embedded program: heads are then kept in memory. Off where several processes serve posts. */
  readonly onlyWriter: boolean;
}

/** Posts: heads, bodies, and the listings that are written with them. */
export class PostStore {
  readonly #wide: WideColumn;
  readonly #heads: WriteThrough<PostHead> | undefined;
  readonly #sharedHeads = new SharedReads<PostHead | undefined>();
  readonly #freshHeads = new FreshReads<PostHead | undefined>();
  readonly #freshBodies = new FreshReads<BodyRow | undefined>();
  readonly #sharedBodies = new SharedReads<BodyRow | undefined>();
  readonly #recentBodies = new LRUCache<string, BodyRow>({ max: RECENT_BODIES });

  constructor({ wideColumn, onlyWriter }: PostStoreOptions) {
    this.#wide = wideColumn;
    this.#heads = onlyWriter ? new WriteThrough(HEADS_IN_MEMORY) : undefined;
  }

  /** Many who ask at once share reads; nobody gets one that began before a change that was acknowledged when they asked. */
  async head(id: string): Promise<PostHead | undefined> {
    const heads = this.#heads;
    if (heads === undefined) return this.#freshHeads.read(id, () => this.#readHead(id));
    const known = heads.get(id);
    if (known !== undefined) return known ?? undefined;
    const { generation } = heads;
    // The only writer knows of every change: each begins another generation, and so other reads.
    return this.#sharedHeads.read(`${id} ${generation}`, async () => {
      const head = await this.#readHead(id);
      heads.fill(id, head ?? null, generation);
      return head;
    });
  }

  /** For whoever has no account: as {@link head}, and a read that is under way is shared too, so this may be as old as one read. */
  headForAnyone(id: string): Promise<PostHead | undefined> {
    if (this.#heads !== undefined) return this.head(id);
    return this.#sharedHeads.read(id, () => this.#readHead(id));
  }

  async #readHead(id: string): Promise<PostHead | undefined> {
    const row = await this.#wide.get(POST_HEAD, { id });
    return row === undefined ? undefined : headOf(row);
  }

  /** In the order asked for; `undefined` where there is no such post (any more). At most 500. */
  async heads(ids: readonly string[]): Promise<(PostHead | undefined)[]> {
    const found = new Array<PostHead | undefined>(ids.length);
    const missing: number[] = [];
    for (let i = 0; i < ids.length; i++) {
      const known = this.#heads?.get(ids[i]!);
      if (known === undefined) missing.push(i);
      else found[i] = known ?? undefined;
    }
    if (missing.length === 0) return found;
    const generation = this.#heads?.generation ?? 0;
    const rows = await this.#wide.getMany(
      POST_HEAD,
      missing.map((i) => ({ id: ids[i]! })),
    );
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const head = row === undefined ? undefined : headOf(row);
      found[missing[i]!] = head;
      this.#heads?.fill(ids[missing[i]!]!, head ?? null, generation);
    }
    return found;
  }

  /** Shared as {@link head} is. */
  body(id: string): Promise<BodyRow | undefined> {
    return this.#freshBodies.read(id, () => this.#wide.get(POST_BODY, { id }));
  }

  /** In the order asked for. At most 500. One alone may come from memory where its version is given. */
  async bodies(ids: readonly string[], versions: readonly number[] = []): Promise<(BodyRow | undefined)[]> {
    if (ids.length === 1) return [await this.#bodyOfVersion(ids[0]!, versions[0])];
    return this.#wide.getMany(
      POST_BODY,
      ids.map((id) => ({ id })),
    );
  }

  async #bodyOfVersion(id: string, version: number | undefined): Promise<BodyRow | undefined> {
    if (version === undefined) return this.body(id);
    const known = this.#recentBodies.get(id);
    if (known?.revision === version) return known;
    const row = await this.#sharedBodies.read(`${id} ${version}`, () => this.body(id));
    if (row !== undefined) this.#recentBodies.set(id, row);
    return row;
  }

  /**
   * Writes a post, new or edited, with `also` (its events and what else belongs to it), all or none. Doing it again, or after a deletion, changes
   * nothing: the version is the revision. `fresh` says that this call made the id, so that nobody can have written or deleted it before.
   */
  async write(head: PostHead, body: StoredBody | null, also: readonly Mutation[], fresh: boolean): Promise<void> {
    const mutations = [...postRows(head, body), ...also];
    await this.#writing(new Map([[head.id, fresh ? head : 'ask']]), mutations);
  }

  /** Deletes posts for good, with `also`, all or none. */
  async erase(doomed: readonly Doomed[], also: readonly Mutation[]): Promise<void> {
    const mutations = [...doomed.flatMap(tombstones), ...also];
    for (const { head } of doomed) this.#recentBodies.delete(head.id);
    await this.#writing(new Map(doomed.map(({ head }) => [head.id, null])), mutations);
  }

  /** Writes a new post, or one again, and deletes others in the same write. */
  async replace(head: PostHead, doomed: readonly Doomed[], also: readonly Mutation[]): Promise<void> {
    const rows = new Map<string, Outcome<PostHead>>(doomed.map(({ head }) => [head.id, null]));
    rows.set(head.id, 'ask');
    await this.#writing(rows, [...doomed.flatMap(tombstones), ...postRows(head, null), ...also]);
  }

  /** Rows that belong to no post's head, all or none. */
  writeRows(mutations: readonly Mutation[]): Promise<void> {
    return this.#wide.write(mutations, { atomic: true });
  }

  #writing(rows: ReadonlyMap<string, Outcome<PostHead>>, mutations: readonly Mutation[]): Promise<void> {
    const write = () => this.#wide.write(mutations, { atomic: true });
    return this.#heads === undefined ? write() : this.#heads.writing(rows, write);
  }
}

export interface BodyRow {
  readonly id: string;
  readonly revision: number;
  readonly body: StoredBody;
}

/** A post that is to be deleted, with what its rows are keyed by. */
export interface Doomed {
  readonly head: PostHead;
  readonly tags: readonly string[];
}

/** All rows of a post but its history. */
export function postRows(head: PostHead, body: StoredBody | null): Mutation[] {
  const columns = headColumns(head);
  const { id, authorId: author_id, version } = head;
  const bucket = bucketOf(id);
  const rows: Mutation[] = [
    put(POST_HEAD, { id, author_id, ...columns }, version),
    put(
      POST_BY_AUTHOR,
      { author_id, bucket, id, ...columns, has_media: body !== null && body.mediaIds.length > 0 },
      version,
    ),
    // At version 1 for ever: a directory only grows.
    put(AUTHOR_BUCKET, { author_id, bucket }, 1),
  ];
  if (body !== null) {
    rows.push(put(POST_BODY, { id, revision: version, body }, version));
    for (const tag of body.tags) {
      const tagged = { author_id, tag, id, visibility: head.visibility, has_media: body.mediaIds.length > 0 };
      rows.push(put(POST_BY_AUTHOR_TAG, tagged, version));
    }
  }
  if (head.replyToId !== null) {
    rows.push(put(REPLY, { thread_id: head.threadId, id, parent_id: head.replyToId, author_id }, version));
  }
  return rows;
}

/** What removes them for good. */
export function tombstones({ head, tags }: Doomed): Mutation[] {
  const { id, authorId: author_id } = head;
  const rows: Mutation[] = [
    remove(POST_HEAD, { id }, FINAL_VERSION),
    remove(POST_BY_AUTHOR, { author_id, bucket: bucketOf(id), id }, FINAL_VERSION),
  ];
  if (head.kind === 'post') rows.push(remove(POST_BODY, { id }, FINAL_VERSION));
  for (const tag of tags) rows.push(remove(POST_BY_AUTHOR_TAG, { author_id, tag, id }, FINAL_VERSION));
  if (head.replyToId !== null) rows.push(remove(REPLY, { thread_id: head.threadId, id }, FINAL_VERSION));
  return rows;
}
