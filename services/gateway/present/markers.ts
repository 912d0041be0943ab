import { isoTime } from './times.ts';

interface Marker {
  readonly timeline: string;
  readonly lastReadId: string;
  readonly version: number;
  readonly updatedMs: number;
}

/** Reading positions by the name of their timeline. */
export function markersJson(markers: readonly Marker[]) {
  return Object.fromEntries(
    markers.map(({ timeline, lastReadId, version, updatedMs }) => [
      timeline,
      { last_read_id: lastReadId, version, updated_at: isoTime(updatedMs) },
    ]),
  );
}
