import type { Migrations } from '#ports/relational/port.ts';

/** The relational tables of media. Ids are text, times are milliseconds, sizes are bytes. */
export interface MediaTables {
  /** One row for each picture, video or sound whose files stand in the object store. */
  post_media: {
    id: string;
    owner_id: string;
    /** What it is attached to: a post, or a scheduled post. */
    post_id: string | null;
    /** Since when nothing uses it; null while it is attached. */
    unused_since_ms: number | null;
    /** When to see whether the post that claimed it was really written; null once it was seen. */
    check_ms: number | null;
    kind: 'image' | 'gifv' | 'video' | 'audio';
    content_type: string;
    file_name: string;
    thumbnail_name: string | null;
    /** Of all its files together. */
    size_bytes: number;
    width: number | null;
    height: number | null;
    thumbnail_width: number | null;
    thumbnail_height: number | null;
    blurhash: string | null;
    description: string;
    focus_x: number;
    focus_y: number;
  };
  /**
   * Files below `media/<id>/` that belong to no media: those that are being stored now, and those that have to go. A file is named here before it is stored
   * and until it is removed, so a crash leaves none that nobody knows of.
   */
  post_media_loose: {
    id: string;
    owner_id: string;
    /** What it counts in the owner's quota. */
    reserved_bytes: number;
    /** 1: its files are being removed, and nothing can become of it any more. */
    condemned: number;
    /** Whoever stored files until then has died. */
    due_ms: number;
  };
  /** Bytes of each person's media and loose files: changed in the same transaction as these. */
  post_media_usage: { owner_id: string; bytes: number };
  /** Only read here: media of a scheduled post are in use until it is published or cancelled. */
  post_scheduled: { id: string };
  /** Only read here: media of a draft are kept as long as it is. */
  post_draft_media: { media_id: string };
}

export const MEDIA_MIGRATIONS: Migrations = {
  '001-media': [
    `CREATE TABLE post_media (
      id TEXT NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL, post_id TEXT, unused_since_ms BIGINT, check_ms BIGINT,
      kind TEXT NOT NULL, content_type TEXT NOT NULL, file_name TEXT NOT NULL, thumbnail_name TEXT, size_bytes BIGINT NOT NULL,
      width INTEGER, height INTEGER, thumbnail_width INTEGER, thumbnail_height INTEGER, blurhash TEXT,
      description TEXT NOT NULL, focus_x REAL NOT NULL, focus_y REAL NOT NULL)`,
    'CREATE INDEX post_media_owner ON post_media (owner_id)',
    'CREATE INDEX post_media_post ON post_media (post_id) WHERE post_id IS NOT NULL',
    'CREATE INDEX post_media_unused ON post_media (unused_since_ms) WHERE unused_since_ms IS NOT NULL',
    'CREATE INDEX post_media_check ON post_media (check_ms) WHERE check_ms IS NOT NULL',
    `CREATE TABLE post_media_loose (
      id TEXT NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL, reserved_bytes BIGINT NOT NULL, condemned INTEGER NOT NULL,
      due_ms BIGINT NOT NULL)`,
    'CREATE INDEX post_media_loose_due ON post_media_loose (condemned, due_ms)',
    'CREATE TABLE post_media_usage (owner_id TEXT NOT NULL PRIMARY KEY, bytes BIGINT NOT NULL)',
  ],
};
