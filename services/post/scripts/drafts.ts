import { invalid } from '#platform/errors/errors.ts';
import { LIMITS } from '#policies/limits/limits.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { type Query, rowOf, rowsOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import type { MediaTables } from '../media/tables.ts';
import type { DraftRow } from '../store/draft-store.ts';
import type { PostTables } from '../store/schema.ts';

const db = queryBuilder<PostTables & Pick<MediaTables, 'post_media'>>();

export interface DraftWrite {
  readonly id: string;
  readonly authorId: string;
  /** JSON. */
  readonly content: string;
  readonly mediaIds: readonly string[];
  readonly nowMs: number;
}

export interface NewDraft extends DraftWrite {
  readonly idempotencyKey: string;
}

/** Keeps a new draft, within the limit. The same key again answers the draft that it stands for, as it is by then. */
export const addDraft = script(import.meta.url, 'addDraft', function* (args: NewDraft): Generator<
  Query,
  DraftRow,
  WriteOutcome
> {
  const { id, authorId, content, mediaIds, nowMs, idempotencyKey } = args;
  const known = yield* rowOf(
    db
      .selectFrom('post_draft')
      .select(['id', 'author_id', 'content', 'changed_ms'])
      .where('author_id', '=', authorId)
      .where('idempotency_key', '=', idempotencyKey),
  );
  if (known !== undefined) return known;
  const kept = yield* rowOf(
    db
      .selectFrom('post_draft')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('author_id', '=', authorId),
  );
  if (Number(kept!.count) >= LIMITS.drafts) {
    throw invalid('base', 'ERR_TOO_MANY', `At most ${LIMITS.drafts} drafts are kept: delete one first`);
  }
  const row: DraftRow = { id, author_id: authorId, content, changed_ms: nowMs };
  yield db.insertInto('post_draft').values({ ...row, idempotency_key: idempotencyKey });
  yield* keepMedia(id, authorId, mediaIds);
  return row;
});

/** Puts other content in the place of what a draft says. Answers undefined when its author has none such. */
export const changeDraft = script(import.meta.url, 'changeDraft', function* (args: DraftWrite): Generator<
  Query,
  DraftRow | undefined,
  WriteOutcome
> {
  const { id, authorId, content, mediaIds, nowMs } = args;
  if (!(yield* isOf(id, authorId))) return undefined;
  yield db.updateTable('post_draft').set({ content, changed_ms: nowMs }).where('id', '=', id);
  yield* letMediaGo(id, nowMs);
  yield* keepMedia(id, authorId, mediaIds);
  return { id, author_id: authorId, content, changed_ms: nowMs };
});

/** Answers whether its author had such a draft. */
export const removeDraft = script(
  import.meta.url,
  'removeDraft',
  function* (args: {
    readonly id: string;
    readonly authorId: string;
    readonly nowMs: number;
  }): Generator<Query, boolean, WriteOutcome> {
    const { id, authorId, nowMs } = args;
    if (!(yield* isOf(id, authorId))) return false;
    yield* letMediaGo(id, nowMs);
    yield db.deleteFrom('post_draft').where('id', '=', id);
    return true;
  },
);

function* isOf(id: string, authorId: string): Generator<Query, boolean, WriteOutcome> {
  const row = yield* rowOf(
    db.selectFrom('post_draft').select('id').where('id', '=', id).where('author_id', '=', authorId),
  );
  return row !== undefined;
}

/** Of a file that is somebody else's, one learns no more than of one that does not exist. */
function* keepMedia(
  draftId: string,
  authorId: string,
  mediaIds: readonly string[],
): Generator<Query, void, WriteOutcome> {
  if (mediaIds.length === 0) return;
  const own = yield* rowsOf<{ id: string }>(
    db.selectFrom('post_media').select('id').where('id', 'in', mediaIds).where('owner_id', '=', authorId),
  );
  const found = new Set(own.map(({ id }) => id));
  const missing = mediaIds.find((id) => !found.has(id));
  if (missing !== undefined) {
    throw invalid('media_ids', 'ERR_INVALID', `The media with the id ${missing} cannot be found`);
  }
  yield db.insertInto('post_draft_media').values([...found].map((id) => ({ draft_id: draftId, media_id: id })));
}

/** Those that no post uses either are unused from now on: whoever has taken a draft up again has time to post them. */
function* letMediaGo(draftId: string, nowMs: number): Generator<Query, void, WriteOutcome> {
  const kept = db.selectFrom('post_draft_media').select('media_id').where('draft_id', '=', draftId);
  yield db
    .updateTable('post_media')
    .set({ unused_since_ms: nowMs })
    .where('id', 'in', kept)
    .where('unused_since_ms', 'is not', null);
  yield db.deleteFrom('post_draft_media').where('draft_id', '=', draftId);
}
