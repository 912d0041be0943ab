import { compareIds } from '#platform/ids/ids.ts';
import { type Mutation, put, remove, type WideColumn } from '#ports/wide-column/port.ts';
import type { Key, RowOf } from '#ports/wide-column/table.ts';
import { bucketAt, bucketOf } from './buckets.ts';
import { revisionTimeMs } from './revisions.ts';
import { DEED, DEED_BUCKET, DEED_LIST, REACTOR, shardOf } from './tables.ts';

export type DeedKind = 'like' | 'repost' | 'bookmark' | 'mute';

/** What one person did with one post. */
export interface Deed {
  readonly kind: DeedKind;
  readonly active: boolean;
  readonly revision: number;
  /** The revision at which it began. */
  readonly since: number;
  readonly repostId: string | null;
}

/** The deeds of one person with some posts: post id to kind to deed. */
export type Deeds = ReadonlyMap<string, Partial<Record<DeedKind, Deed>>>;

/** Undone deeds are kept this long, so that a change that lands late meets a larger revision. */
const KEEP_UNDONE_SECONDS = 30 * 86_400;
/** A page of a timeline spans hours, so few deeds lie between its ends; when many do, or the ids are few, single keys are read. */
const SHORT_RANGE_ROWS = 200;
const KINDS: readonly DeedKind[] = ['like', 'repost', 'bookmark', 'mute'];
/** Reposts are listed as posts, and muted threads nowhere. */
const LISTED: ReadonlySet<DeedKind> = new Set(['like', 'bookmark']);
/** Only what others may count and see is kept on the side of the post. */
const PUBLIC: ReadonlySet<DeedKind> = new Set(['like', 'repost']);

/** Who did what with which posts, from both sides. */
export class DeedStore {
  readonly #wide: WideColumn;

  constructor(wide: WideColumn) {
    this.#wide = wide;
  }

  async get(actorId: string, postId: string, kind: DeedKind): Promise<Deed | undefined> {
    const row = await this.#wide.get(DEED, { actor_id: actorId, bucket: bucketOf(postId), post_id: postId, kind });
    return row === undefined ? undefined : deedOf(row);
  }

  /** All that a person did with these posts, undone deeds included. For a page of a timeline this is one short range. */
  async of(actorId: string, postIds: readonly string[]): Promise<Deeds> {
    const deeds = new Map<string, Partial<Record<DeedKind, Deed>>>();
    const add = (row: RowOf<typeof DEED> | undefined) => {
      if (row === undefined) return;
      const ofPost = deeds.get(row.post_id) ?? {};
      ofPost[row.kind as DeedKind] = deedOf(row);
      deeds.set(row.post_id, ofPost);
    };
    for (const [bucket, ids] of byBucket(postIds)) {
      const rows = ids.length > 1 ? await this.#between(actorId, bucket, ids) : undefined;
      if (rows !== undefined) {
        const wanted = new Set(ids);
        for (const row of rows) if (wanted.has(row.post_id)) add(row);
      } else {
        for (const row of await this.#byKey(actorId, bucket, ids)) add(row);
      }
    }
    return deeds;
  }

  /** Rows between the first and the last of the ids, undefined when there are too many to be read so. */
  async #between(actorId: string, bucket: number, ids: readonly string[]): Promise<RowOf<typeof DEED>[] | undefined> {
    let lowest = ids[0]!;
    let highest = lowest;
    for (const id of ids) {
      if (compareIds(id, lowest) < 0) lowest = id;
      if (compareIds(id, highest) > 0) highest = id;
    }
    const limit = SHORT_RANGE_ROWS;
    const rows = await this.#wide.range(DEED, { actor_id: actorId, bucket }, { gte: lowest, lte: highest, limit });
    return rows.length < limit ? rows : undefined;
  }

  async #byKey(actorId: string, bucket: number, ids: readonly string[]): Promise<(RowOf<typeof DEED> | undefined)[]> {
    const keys: Key<typeof DEED>[] = ids.flatMap((post_id) =>
      KINDS.map((kind) => ({ actor_id: actorId, bucket, post_id, kind })),
    );
    const rows: (RowOf<typeof DEED> | undefined)[] = [];
    for (let from = 0; from < keys.length; from += 500) {
      rows.push(...(await this.#wide.getMany(DEED, keys.slice(from, from + 500))));
    }
    return rows;
  }

  /** The rows of a deed as it stands after `deed.revision`; `before` is what was read. To be written with the deed's event. */
  mutations(actorId: string, postId: string, deed: Deed, before: Deed | undefined): Mutation[] {
    const { kind, active, revision, since, repostId } = deed;
    const options = active ? {} : { ttlSeconds: KEEP_UNDONE_SECONDS };
    const rows: Mutation[] = [
      put(
        DEED,
        {
          actor_id: actorId,
          bucket: bucketOf(postId),
          post_id: postId,
          kind,
          active,
          revision,
          since,
          repost_id: repostId,
        },
        revision,
        options,
      ),
    ];
    if (PUBLIC.has(kind)) {
      rows.push(
        put(
          REACTOR,
          { post_id: postId, kind, shard: shardOf(actorId), actor_id: actorId, active, revision, repost_id: repostId },
          revision,
          options,
        ),
      );
    }
    if (LISTED.has(kind)) {
      const place = { actor_id: actorId, kind, bucket: bucketAt(revisionTimeMs(since)), since, post_id: postId };
      if (active) {
        rows.push(put(DEED_LIST, place, revision));
        rows.push(put(DEED_BUCKET, { actor_id: actorId, kind, bucket: place.bucket }, 1));
      } else if (before !== undefined) {
        rows.push(remove(DEED_LIST, place, revision));
      }
    }
    return rows;
  }

  /** Accounts whose like or repost stands, newest account first, below `maxId` and above `sinceId`. */
  async reactors(
    postId: string,
    kind: 'like' | 'repost',
    shard: number,
    bounds: { readonly lt?: string; readonly gt?: string; readonly reverse?: boolean; readonly limit: number },
  ): Promise<RowOf<typeof REACTOR>[]> {
    return this.#wide.range(REACTOR, { post_id: postId, kind, shard }, bounds);
  }
}

function deedOf(row: RowOf<typeof DEED>): Deed {
  return {
    kind: row.kind as DeedKind,
    active: row.active,
    revision: row.revision,
    since: row.since,
    repostId: row.repost_id,
  };
}

function byBucket(ids: readonly string[]): Map<number, string[]> {
  const buckets = new Map<number, string[]>();
  for (const id of ids) {
    const bucket = bucketOf(id);
    const list = buckets.get(bucket);
    if (list === undefined) buckets.set(bucket, [id]);
    else list.push(id);
  }
  return buckets;
}
