import { knownStatus } from '../../api/statuses.ts';

/** A picture, film or sound of a post. */
export interface Cell {
  readonly postId: string;
  readonly mediaId: string;
}

export const COLUMNS = 3;

/** What posts show, in rows. */
export function rowsOf(postIds: readonly string[]): readonly (readonly Cell[])[] {
  const cells = postIds.flatMap(cellsOf);
  const count = Math.ceil(cells.length / COLUMNS);
  return Array.from({ length: count }, (_, row) => cells.slice(row * COLUMNS, (row + 1) * COLUMNS));
}

function cellsOf(id: string): readonly Cell[] {
  const status = knownStatus(id);
  const shown = status?.reblog ?? status;
  return (shown?.media_attachments ?? []).map((media) => ({ postId: shown!.id, mediaId: media.id }));
}
