import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { type Query, rowOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import type { PostTables } from '../store/schema.ts';

const db = queryBuilder<PostTables>();
const DAY_MS = 86_400_000;

export interface NewScheduled {
  readonly id: string;
  readonly authorId: string;
  readonly idempotencyKey: string;
  /** JSON. */
  readonly draft: string;
  readonly dueMs: number;
}

export type ScheduledRow = PostTables['post_scheduled'];

/** Keeps a draft for later, within the limits. The same key again answers what it stands for. */
export const schedule = script(import.meta.url, 'schedule', function* (args: NewScheduled): Generator<
  Query,
  ScheduledRow,
  WriteOutcome
> {
  const { id, authorId, idempotencyKey, draft, dueMs } = args;
  const known = yield* rowOf(
    db
      .selectFrom('post_scheduled')
      .selectAll()
      .where('author_id', '=', authorId)
      .where('idempotency_key', '=', idempotencyKey),
  );
  if (known !== undefined) return known;
  yield* checkRoom(authorId, dueMs, undefined);
  const row: ScheduledRow = {
    id,
    author_id: authorId,
    idempotency_key: idempotencyKey,
    draft,
    due_ms: dueMs,
    post_id: null,
    failure: null,
  };
  yield db.insertInto('post_scheduled').values(row);
  return row;
});

/** Moves a waiting post to another time, or gives one that failed another try. Answers undefined when there is none, or when it is being published. */
export const reschedule = script(
  import.meta.url,
  'reschedule',
  function* (args: {
    id: string;
    authorId: string;
    dueMs: number;
  }): Generator<Query, ScheduledRow | undefined, WriteOutcome> {
    const { id, authorId, dueMs } = args;
    const row = yield* rowOf(
      db
        .selectFrom('post_scheduled')
        .selectAll()
        .where('id', '=', id)
        .where('author_id', '=', authorId)
        .where('post_id', 'is', null),
    );
    if (row === undefined) return undefined;
    yield* checkRoom(authorId, dueMs, id);
    yield db.updateTable('post_scheduled').set({ due_ms: dueMs, failure: null }).where('id', '=', id);
    return { ...row, due_ms: dueMs, failure: null };
  },
);

function* checkRoom(authorId: string, dueMs: number, moving: string | undefined): Generator<Query, void, WriteOutcome> {
  const count = () =>
    db
      .selectFrom('post_scheduled')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('author_id', '=', authorId)
      .where('id', '!=', moving ?? '');
  const all = yield* rowOf(count());
  if (Number(all!.count) >= LIMITS.scheduledPosts) {
    throw invalid('base', 'ERR_TOO_MANY', `You have exceeded the limit of ${LIMITS.scheduledPosts} scheduled posts`);
  }
  const dayMs = dueMs - (dueMs % DAY_MS);
  const thatDay = yield* rowOf(
    count()
      .where('due_ms', '>=', dayMs)
      .where('due_ms', '<', dayMs + DAY_MS),
  );
  if (Number(thatDay!.count) >= LIMITS.scheduledPerDay) {
    const limit = LIMITS.scheduledPerDay;
    throw invalid('base', 'ERR_TOO_MANY', `You have exceeded the limit of ${limit} scheduled posts for that day`);
  }
}
