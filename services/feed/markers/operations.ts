import type { FeedService } from '#contracts/services/feed.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Relational } from '#ports/relational/port.ts';
import { requireAccount } from '../caller.ts';
import { setMarkers } from '../scripts/markers.ts';
import { db, type MarkerRow } from '../store/relational.ts';

function markerOf(row: MarkerRow) {
  return {
    timeline: row.timeline,
    lastReadId: row.last_read_id,
    version: Number(row.version),
    updatedMs: Number(row.updated_ms),
  };
}

/** Reading positions of the caller. */
export function markerOperations(relational: Relational, clock: Clock): Pick<FeedService, 'getMarkers' | 'setMarkers'> {
  return {
    async getMarkers({ timelines }, context) {
      const ownerId = requireAccount(context);
      if (timelines.length === 0) return { markers: [] };
      const rows = await relational.query(
        db.selectFrom('feed_markers').selectAll().where('owner_id', '=', ownerId).where('timeline', 'in', timelines),
      );
      return { markers: rows.map(markerOf) };
    },
    async setMarkers({ markers }, context) {
      const ownerId = requireAccount(context);
      const rows = await relational.run(setMarkers, { ownerId, nowMs: clock.now(), markers });
      return { markers: rows.map(markerOf) };
    },
  };
}
