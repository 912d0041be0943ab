import { invalid, notFound } from '#platform/errors/errors.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { type Query, rowOf, rowsOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import type { MediaTables } from '../tables.ts';
import { addUsage } from './usage.ts';

const db = queryBuilder<MediaTables>();

type Doomed = Pick<MediaTables['post_media'], 'id' | 'owner_id' | 'size_bytes'>;

/** Inside a script: the media are gone at once, their files as soon as possible. */
function* condemn(rows: readonly Doomed[], nowMs: number): Generator<Query, number, WriteOutcome> {
  if (rows.length === 0) return 0;
  yield db.deleteFrom('post_media').where(
    'id',
    'in',
    rows.map(({ id }) => id),
  );
  yield db.insertInto('post_media_loose').values(
    rows.map(({ id, owner_id, size_bytes }) => ({
      id,
      owner_id,
      reserved_bytes: size_bytes,
      condemned: 1,
      due_ms: nowMs,
    })),
  );
  return rows.length;
}

const doomed = () => db.selectFrom('post_media').select(['id', 'owner_id', 'size_bytes']);

export interface Release {
  readonly postId: string;
  readonly mediaIds: readonly string[] | 'all';
  readonly deleteNow: boolean;
  readonly nowMs: number;
}

/** A post lets go of media: they are gone, or unused from now on. What belongs to another post by now stays as it is. */
export const release = script(import.meta.url, 'release', function* (args: Release) {
  const { postId, mediaIds, deleteNow, nowMs } = args;
  if (deleteNow) {
    const query = doomed().where('post_id', '=', postId);
    yield* condemn(yield* rowsOf<Doomed>(mediaIds === 'all' ? query : query.where('id', 'in', mediaIds)), nowMs);
    return;
  }
  const query = db
    .updateTable('post_media')
    .set({ post_id: null, unused_since_ms: nowMs, check_ms: null })
    .where('post_id', '=', postId);
  yield mediaIds === 'all' ? query : query.where('id', 'in', mediaIds);
});

/** The owner removes an upload that no post uses. */
export const discard = script(
  import.meta.url,
  'discard',
  function* (args: { mediaId: string; ownerId: string; nowMs: number }) {
    const { mediaId, ownerId, nowMs } = args;
    const row = yield* rowOf<Doomed & { post_id: string | null }>(
      doomed().select('post_id').where('id', '=', mediaId).where('owner_id', '=', ownerId),
    );
    if (row === undefined) throw notFound();
    if (row.post_id !== null) throw invalid('base', 'ERR_TAKEN', 'The file is used by a post');
    yield* condemn([row], nowMs);
  },
);

/** Media that nothing, not even a draft, has used since `beforeMs`, oldest first, at most `limit`. Answers how many went. */
export const sweepUnused = script(
  import.meta.url,
  'sweepUnused',
  function* (args: { beforeMs: number; nowMs: number; limit: number }) {
    const { beforeMs, nowMs, limit } = args;
    const inDrafts = db.selectFrom('post_draft_media').select('media_id');
    const unused = doomed()
      .where('unused_since_ms', '<=', beforeMs)
      .where('id', 'not in', inDrafts)
      .orderBy('unused_since_ms')
      .limit(limit);
    return yield* condemn(yield* rowsOf<Doomed>(unused), nowMs);
  },
);

/** Media of a person who is gone, at most `limit`. Answers how many went. */
export const forgetOwner = script(
  import.meta.url,
  'forgetOwner',
  function* (args: { ownerId: string; nowMs: number; limit: number }) {
    const { ownerId, nowMs, limit } = args;
    return yield* condemn(yield* rowsOf<Doomed>(doomed().where('owner_id', '=', ownerId).limit(limit)), nowMs);
  },
);

/** The files of these are removed: their room is free again. Again changes nothing. */
export const forgetLoose = script(import.meta.url, 'forgetLoose', function* (args: { ids: readonly string[] }) {
  const rows = yield* rowsOf<{ id: string; owner_id: string; reserved_bytes: number }>(
    db
      .selectFrom('post_media_loose')
      .select(['id', 'owner_id', 'reserved_bytes'])
      .where('id', 'in', args.ids)
      .where('condemned', '=', 1),
  );
  for (const { id, owner_id, reserved_bytes } of rows) {
    yield db.deleteFrom('post_media_loose').where('id', '=', id);
    yield* addUsage(owner_id, -reserved_bytes);
  }
});
