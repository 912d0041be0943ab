import { type Query, rowOf, script, type WriteOutcome } from '#ports/relational/port.ts';
import { db, type MarkerRow } from '../store/relational.ts';

export interface MarkersToSet {
  readonly ownerId: string;
  readonly nowMs: number;
  readonly markers: readonly { readonly timeline: MarkerRow['timeline']; readonly lastReadId: string }[];
}

/** Setting a marker to where it stands changes nothing, so a repeated call does not raise its version. */
export const setMarkers = script(import.meta.url, 'setMarkers', function* (args: MarkersToSet): Generator<
  Query,
  MarkerRow[],
  WriteOutcome
> {
  const rows: MarkerRow[] = [];
  for (const { timeline, lastReadId } of args.markers) {
    const one = db
      .selectFrom('feed_markers')
      .selectAll()
      .where('owner_id', '=', args.ownerId)
      .where('timeline', '=', timeline);
    const known = yield* rowOf(one);
    if (known?.last_read_id === lastReadId) {
      rows.push(known);
      continue;
    }
    const row: MarkerRow = {
      owner_id: args.ownerId,
      timeline,
      last_read_id: lastReadId,
      version: Number(known?.version ?? 0) + 1,
      updated_ms: args.nowMs,
    };
    const { last_read_id, version, updated_ms } = row;
    yield db
      .insertInto('feed_markers')
      .values(row)
      .onConflict((c) => c.columns(['owner_id', 'timeline']).doUpdateSet({ last_read_id, version, updated_ms }));
    rows.push(row);
  }
  return rows;
});
