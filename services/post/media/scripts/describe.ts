import { invalid, notFound } from '#platform/errors/errors.ts';
import { queryBuilder } from '#ports/relational/builder.ts';
import { changedBy, rowOf, script } from '#ports/relational/port.ts';
import type { MediaRow } from '../row.ts';
import type { MediaTables } from '../tables.ts';

const db = queryBuilder<MediaTables>();

/** What the owner says about media. What is left out stays as it is. */
export interface MediaDetail {
  readonly id: string;
  readonly description?: string;
  readonly focus?: { readonly x: number; readonly y: number };
}

function describedRow(row: MediaRow, { description, focus }: MediaDetail): MediaRow {
  return {
    ...row,
    description: description ?? row.description,
    focus_x: focus?.x ?? row.focus_x,
    focus_y: focus?.y ?? row.focus_y,
  };
}

function differs(a: MediaRow, b: MediaRow): boolean {
  return a.description !== b.description || a.focus_x !== b.focus_x || a.focus_y !== b.focus_y;
}

function update({ id, description, focus_x, focus_y }: MediaRow) {
  return db.updateTable('post_media').set({ description, focus_x, focus_y }).where('id', '=', id);
}

const rowOfOwner = (id: string, ownerId: string) =>
  db.selectFrom('post_media').selectAll().where('id', '=', id).where('owner_id', '=', ownerId);

/** All or none; answers whether anything changed. */
export const describeAll = script(
  import.meta.url,
  'describeAll',
  function* (args: { details: readonly MediaDetail[]; ownerId: string }) {
    let changed = false;
    for (const detail of args.details) {
      const row = yield* rowOf<MediaRow>(rowOfOwner(detail.id, args.ownerId));
      if (row === undefined) {
        throw invalid('media_attributes', 'ERR_INVALID', `The media with the id ${detail.id} cannot be found`);
      }
      const next = describedRow(row, detail);
      if (!differs(row, next)) continue;
      yield* changedBy(update(next));
      changed = true;
    }
    return changed;
  },
);

/** An upload that no post uses yet: later, its description is part of the post and changes by editing that. */
export const describeUpload = script(
  import.meta.url,
  'describeUpload',
  function* (args: { detail: MediaDetail; ownerId: string }) {
    const row = yield* rowOf<MediaRow>(rowOfOwner(args.detail.id, args.ownerId).where('post_id', 'is', null));
    if (row === undefined) throw notFound();
    const next = describedRow(row, args.detail);
    if (differs(row, next)) yield* changedBy(update(next));
    return next;
  },
);
