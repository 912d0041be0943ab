import type { Media } from '#contracts/model/post.ts';
import type { MediaTables } from './tables.ts';

export type MediaRow = MediaTables['post_media'];

export function mediaOf(row: MediaRow): Media {
  return {
    id: row.id,
    ownerId: row.owner_id,
    postId: row.post_id,
    kind: row.kind,
    contentType: row.content_type,
    fileName: row.file_name,
    thumbnailName: row.thumbnail_name,
    sizeBytes: row.size_bytes,
    original: size(row.width, row.height),
    thumbnail: size(row.thumbnail_width, row.thumbnail_height),
    blurhash: row.blurhash,
    description: row.description,
    focus: { x: row.focus_x, y: row.focus_y },
  };
}

function size(width: number | null, height: number | null) {
  return width === null || height === null ? null : { width, height };
}
