import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { rowsOf, script } from '#ports/relational/port.ts';
import type { MediaRow } from '../row.ts';
import type { MediaTables } from '../tables.ts';

const db = queryBuilder<MediaTables>();

export interface Claim {
  readonly mediaIds: readonly string[];
  readonly ownerId: string;
  readonly postId: string;
  /** The scheduled post that has them until now. */
  readonly heldBy: string | null;
  readonly checkMs: number;
}

/** Attaches media to a post, all or none, and gives them in the order asked for. Again changes nothing. */
export const claim = script(import.meta.url, 'claim', function* (args: Claim) {
  const { mediaIds, ownerId, postId, heldBy, checkMs } = args;
  if (mediaIds.length > LIMITS.mediaPerPost) {
    throw invalid('media_ids', 'ERR_TOO_MANY', `Cannot attach more than ${LIMITS.mediaPerPost} files`);
  }
  const rows = yield* rowsOf<MediaRow>(db.selectFrom('post_media').selectAll().where('id', 'in', mediaIds));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const claimed: MediaRow[] = [];
  for (const id of mediaIds) {
    const row = byId.get(id);
    // Of a file that is somebody else's, one learns no more than of one that does not exist.
    if (row === undefined || row.owner_id !== ownerId) {
      throw invalid('media_ids', 'ERR_INVALID', `The media with the id ${id} cannot be found`);
    }
    if (row.post_id !== null && row.post_id !== postId && row.post_id !== heldBy) {
      throw invalid('media_ids', 'ERR_TAKEN', `The media with the id ${id} belong to another post`);
    }
    claimed.push({ ...row, post_id: postId });
  }
  if (new Set(mediaIds).size < mediaIds.length) {
    throw invalid('media_ids', 'ERR_TAKEN', 'A file is attached twice');
  }
  if (claimed.length > 1 && claimed.some(({ kind }) => kind !== 'image')) {
    throw invalid('media_ids', 'ERR_INVALID', 'Cannot attach a video or sound together with other files');
  }
  const free = mediaIds.filter((id) => byId.get(id)!.post_id !== postId);
  if (free.length > 0) {
    yield db
      .updateTable('post_media')
      .set({ post_id: postId, unused_since_ms: null, check_ms: checkMs })
      .where('id', 'in', free);
  }
  return claimed;
});
