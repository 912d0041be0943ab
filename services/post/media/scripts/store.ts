import { invalid, PlazaError } from '#platform/errors/errors.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { changedBy, rowOf, script } from '#ports/relational/port.ts';
import type { MediaRow } from '../row.ts';
import type { MediaTables } from '../tables.ts';
import { addUsage, usedBy } from './usage.ts';

const db = queryBuilder<MediaTables>();

export interface Reservation {
  readonly id: string;
  readonly ownerId: string;
  readonly bytes: number;
  readonly quotaBytes: number;
  readonly dueMs: number;
}

/** Notes that files will be stored below an id, and takes their room from the owner's quota. `validation_failed` when there is not enough. */
export const reserve = script(import.meta.url, 'reserve', function* (args: Reservation) {
  const { id, ownerId, bytes, quotaBytes, dueMs } = args;
  if ((yield* usedBy(ownerId)) + bytes > quotaBytes) throw overQuota(quotaBytes);
  yield db
    .insertInto('post_media_loose')
    .values({ id, owner_id: ownerId, reserved_bytes: bytes, condemned: 0, due_ms: dueMs });
  yield* addUsage(ownerId, bytes);
});

/** The files stand: they become media. `validation_failed` when they need more room than the owner has, `timeout` when they were given up meanwhile. */
export const keep = script(import.meta.url, 'keep', function* (args: { row: MediaRow; quotaBytes: number }) {
  const { row, quotaBytes } = args;
  const loose = yield* rowOf<{ reserved_bytes: number }>(
    db.selectFrom('post_media_loose').select('reserved_bytes').where('id', '=', row.id).where('condemned', '=', 0),
  );
  if (loose === undefined) throw new PlazaError('timeout', 'Storing the file took too long');
  const more = row.size_bytes - loose.reserved_bytes;
  if (more > 0 && (yield* usedBy(row.owner_id)) + more > quotaBytes) throw overQuota(quotaBytes);
  yield* changedBy(db.deleteFrom('post_media_loose').where('id', '=', row.id));
  yield* addUsage(row.owner_id, more);
  yield db.insertInto('post_media').values(row);
});

function overQuota(quotaBytes: number): PlazaError {
  const megabytes = Math.floor(quotaBytes / 1_048_576);
  return invalid(
    'file',
    'ERR_TOO_LARGE',
    `Your files may take ${megabytes} MB in all; delete some before you add more`,
  );
}
