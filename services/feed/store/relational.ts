import { queryBuilder } from '#ports/relational/builder.ts';
import type { Migrations } from '#ports/relational/port.ts';

/** 0 or 1. */
type Flag = number;

export interface ListRow {
  id: string;
  owner_id: string;
  title: string;
  replies_policy: 'followed' | 'list' | 'none';
  exclusive: Flag;
}

export interface ListMemberRow {
  /** Order of membership, and cursor. */
  id: string;
  list_id: string;
  owner_id: string;
  account_id: string;
}

export interface FollowedTagRow {
  id: string;
  account_id: string;
  name: string;
}

export interface FilterRow {
  id: string;
  owner_id: string;
  title: string;
  /** JSON of `FilterContext[]`. */
  contexts: string;
  expires_ms: number | null;
  action: 'warn' | 'hide' | 'blur';
}

export interface FilterKeywordRow {
  id: string;
  filter_id: string;
  owner_id: string;
  keyword: string;
  whole_word: Flag;
}

export interface FilterPostRow {
  id: string;
  filter_id: string;
  owner_id: string;
  post_id: string;
}

export interface MarkerRow {
  owner_id: string;
  timeline: 'home' | 'notifications';
  last_read_id: string;
  version: number;
  updated_ms: number;
}

export interface FeedTables {
  feed_lists: ListRow;
  feed_list_members: ListMemberRow;
  feed_followed_tags: FollowedTagRow;
  feed_filters: FilterRow;
  feed_filter_keywords: FilterKeywordRow;
  feed_filter_posts: FilterPostRow;
  feed_markers: MarkerRow;
}

export const db = queryBuilder<FeedTables>();

export const migrations: Migrations = {
  '001-lists': [
    `CREATE TABLE feed_lists (
      id TEXT NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL, title TEXT NOT NULL,
      replies_policy TEXT NOT NULL, exclusive BIGINT NOT NULL
    )`,
    'CREATE INDEX feed_lists_of_owner ON feed_lists (owner_id, id)',
    `CREATE TABLE feed_list_members (
      list_id TEXT NOT NULL, account_id TEXT NOT NULL, id TEXT NOT NULL, owner_id TEXT NOT NULL,
      PRIMARY KEY (list_id, account_id)
    )`,
    'CREATE INDEX feed_list_members_in_order ON feed_list_members (list_id, id)',
    'CREATE INDEX feed_list_members_of_owner ON feed_list_members (owner_id, account_id)',
    'CREATE INDEX feed_list_members_by_account ON feed_list_members (account_id)',
  ],
  '002-tags': [
    `CREATE TABLE feed_followed_tags (
      account_id TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL,
      PRIMARY KEY (account_id, name)
    )`,
    'CREATE INDEX feed_followed_tags_by_name ON feed_followed_tags (name, account_id)',
  ],
  '003-filters': [
    `CREATE TABLE feed_filters (
      id TEXT NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL, title TEXT NOT NULL, contexts TEXT NOT NULL,
      expires_ms BIGINT, action TEXT NOT NULL
    )`,
    'CREATE INDEX feed_filters_of_owner ON feed_filters (owner_id, id)',
    `CREATE TABLE feed_filter_keywords (
      id TEXT NOT NULL PRIMARY KEY, filter_id TEXT NOT NULL, owner_id TEXT NOT NULL, keyword TEXT NOT NULL,
      whole_word BIGINT NOT NULL
    )`,
    'CREATE INDEX feed_filter_keywords_of_owner ON feed_filter_keywords (owner_id, filter_id, id)',
    `CREATE TABLE feed_filter_posts (
      id TEXT NOT NULL PRIMARY KEY, filter_id TEXT NOT NULL, owner_id TEXT NOT NULL, post_id TEXT NOT NULL
    )`,
    'CREATE UNIQUE INDEX feed_filter_posts_once ON feed_filter_posts (filter_id, post_id)',
    'CREATE INDEX feed_filter_posts_of_owner ON feed_filter_posts (owner_id, filter_id, id)',
  ],
  '004-markers': [
    `CREATE TABLE feed_markers (
      owner_id TEXT NOT NULL, timeline TEXT NOT NULL, last_read_id TEXT NOT NULL, version BIGINT NOT NULL,
      updated_ms BIGINT NOT NULL, PRIMARY KEY (owner_id, timeline)
    )`,
  ],
};
