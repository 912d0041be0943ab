import { queryBuilder } from '#ports/relational/builder.ts';
import { type Query, rowOf, type WriteOutcome } from '#ports/relational/port.ts';
import type { MediaTables } from '../tables.ts';

const db = queryBuilder<MediaTables>();

/** Inside a script: the bytes that a person's media take. */
export function* usedBy(ownerId: string): Generator<Query, number, WriteOutcome> {
  const row = yield* rowOf<{ bytes: number }>(
    db.selectFrom('post_media_usage').select('bytes').where('owner_id', '=', ownerId),
  );
  return row?.bytes ?? 0;
}

/** Inside a script: changes them by `bytes`. Of who has nothing left, nothing is kept. */
export function* addUsage(ownerId: string, bytes: number): Generator<Query, void, WriteOutcome> {
  yield db
    .insertInto('post_media_usage')
    .values({ owner_id: ownerId, bytes })
    .onConflict((conflict) =>
      conflict.column('owner_id').doUpdateSet((eb) => ({ bytes: eb('post_media_usage.bytes', '+', bytes) })),
    );
  if (bytes < 0) yield db.deleteFrom('post_media_usage').where('owner_id', '=', ownerId).where('bytes', '<=', 0);
}
