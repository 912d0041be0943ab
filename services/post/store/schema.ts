import { relationalOutbox } from '#platform/outbox/relational-outbox.ts';
import type { Migrations } from '#ports/relational/port.ts';

/** The relational tables of the post service: what needs one answer at a time. Ids are text, times are milliseconds. */
export interface PostTables {
  /** Which post an author's idempotency key stands for. */
  post_reservation: { author_id: string; idempotency_key: string; post_id: string; created_ms: number };
  /**
   * One row per (person, post) that was ever reposted. `revision` grows with each repost and undo; `undone_repost_id` names the reposts before this
   * one whose deletion may have been cut short, with commas between them.
   */
  post_repost: {
    actor_id: string;
    target_id: string;
    repost_id: string;
    undone_repost_id: string | null;
    active: number;
    revision: number;
  };
  /** The last revision number that was given out for an edited post. */
  post_revision: { post_id: string; revision: number };
  /** A poll has the id of its post. */
  post_poll: {
    id: string;
    author_id: string;
    multiple: number;
    hide_totals: number;
    expires_ms: number;
    voters: number;
    /** Of the edit that made it what it is; 0 as posted. */
    revision: number;
  };
  post_poll_option: { poll_id: string; position: number; title: string; votes: number };
  /** Who voted: the row that a second vote runs into. */
  post_poll_voter: { poll_id: string; account_id: string };
  post_poll_vote: { poll_id: string; account_id: string; choice: number };
  post_pin: { author_id: string; post_id: string; pinned_ms: number };
  /**
   * A post that waits for its time. `post_id` is given before it is published, so that publishing it again writes the same post; `failure` says why it
   * could not be published.
   */
  post_scheduled: {
    id: string;
    author_id: string;
    idempotency_key: string;
    draft: string;
    due_ms: number;
    post_id: string | null;
    failure: string | null;
  };
  /** A post that its author has begun. `content`: JSON. `idempotency_key`: of who added it; null for the oldest. */
  post_draft: { id: string; author_id: string; content: string; changed_ms: number; idempotency_key: string | null };
  /** What a draft is written with: media that stand here are not swept, although no post has them. */
  post_draft_media: { draft_id: string; media_id: string };
  /** Every hashtag that a public post ever used: for search by prefix. */
  post_tag: { name: string };
  /** The dedupe row of the daily numbers. */
  post_tag_use: { name: string; post_id: string; account_id: string; day_ms: number };
  post_tag_account: { name: string; day_ms: number; account_id: string; uses: number };
  post_tag_day: { name: string; day_ms: number; uses: number; accounts: number };
  post_featured_tag: { id: string; account_id: string; name: string };
  /** What was counted of a post in the last days: its creation (0) or its deletion (1). The dedupe row of `post_total`. */
  post_told: { post_id: string; deleted: number; day_ms: number };
  /** Posts counted in one partition of the post topic, up to (excluding) an offset. */
  post_total: { partition: number; next_offset: number; posts: number };
  /** People who deleted their account and whose posts are not all gone yet. */
  post_erasure: { account_id: string; since_ms: number };
}

/** Events of what is relational: votes. */
export const POST_RELATIONAL_OUTBOX = relationalOutbox('post');

export const POST_MIGRATIONS: Migrations = {
  ...POST_RELATIONAL_OUTBOX.migrations,
  '001-posts': [
    `CREATE TABLE post_reservation (
      author_id TEXT NOT NULL, idempotency_key TEXT NOT NULL, post_id TEXT NOT NULL, created_ms BIGINT NOT NULL,
      PRIMARY KEY (author_id, idempotency_key))`,
    'CREATE INDEX post_reservation_created ON post_reservation (created_ms)',
    `CREATE TABLE post_repost (
      actor_id TEXT NOT NULL, target_id TEXT NOT NULL, repost_id TEXT NOT NULL, undone_repost_id TEXT,
      active INTEGER NOT NULL, revision BIGINT NOT NULL,
      PRIMARY KEY (actor_id, target_id))`,
    'CREATE TABLE post_revision (post_id TEXT NOT NULL PRIMARY KEY, revision BIGINT NOT NULL)',
    `CREATE TABLE post_poll (
      id TEXT NOT NULL PRIMARY KEY, author_id TEXT NOT NULL, multiple INTEGER NOT NULL, hide_totals INTEGER NOT NULL,
      expires_ms BIGINT NOT NULL, voters BIGINT NOT NULL)`,
    `CREATE TABLE post_poll_option (
      poll_id TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, votes BIGINT NOT NULL,
      PRIMARY KEY (poll_id, position))`,
    `CREATE TABLE post_poll_voter (
      poll_id TEXT NOT NULL, account_id TEXT NOT NULL, PRIMARY KEY (poll_id, account_id))`,
    `CREATE TABLE post_poll_vote (
      poll_id TEXT NOT NULL, account_id TEXT NOT NULL, choice INTEGER NOT NULL,
      PRIMARY KEY (poll_id, account_id, choice))`,
    `CREATE TABLE post_pin (
      author_id TEXT NOT NULL, post_id TEXT NOT NULL, pinned_ms BIGINT NOT NULL, PRIMARY KEY (author_id, post_id))`,
    'CREATE INDEX post_pin_post ON post_pin (post_id)',
    'CREATE INDEX post_poll_voter_account ON post_poll_voter (account_id)',
    'CREATE INDEX post_poll_vote_account ON post_poll_vote (account_id)',
    `CREATE TABLE post_scheduled (
      id TEXT NOT NULL PRIMARY KEY, author_id TEXT NOT NULL, idempotency_key TEXT NOT NULL, draft TEXT NOT NULL,
      due_ms BIGINT NOT NULL, post_id TEXT, failure TEXT, UNIQUE (author_id, idempotency_key))`,
    'CREATE INDEX post_scheduled_due ON post_scheduled (due_ms) WHERE failure IS NULL',
    'CREATE TABLE post_tag (name TEXT NOT NULL PRIMARY KEY)',
    `CREATE TABLE post_tag_use (
      name TEXT NOT NULL, post_id TEXT NOT NULL, account_id TEXT NOT NULL, day_ms BIGINT NOT NULL,
      PRIMARY KEY (post_id, name))`,
    'CREATE INDEX post_tag_use_day ON post_tag_use (day_ms)',
    `CREATE TABLE post_tag_account (
      name TEXT NOT NULL, day_ms BIGINT NOT NULL, account_id TEXT NOT NULL, uses BIGINT NOT NULL,
      PRIMARY KEY (name, day_ms, account_id))`,
    'CREATE INDEX post_tag_account_day ON post_tag_account (day_ms)',
    `CREATE TABLE post_tag_day (
      name TEXT NOT NULL, day_ms BIGINT NOT NULL, uses BIGINT NOT NULL, accounts BIGINT NOT NULL,
      PRIMARY KEY (name, day_ms))`,
    'CREATE INDEX post_tag_day_day ON post_tag_day (day_ms)',
    `CREATE TABLE post_featured_tag (
      id TEXT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (account_id, name))`,
    `CREATE TABLE post_total (
      partition INTEGER NOT NULL PRIMARY KEY, next_offset BIGINT NOT NULL, posts BIGINT NOT NULL)`,
    'CREATE TABLE post_erasure (account_id TEXT NOT NULL PRIMARY KEY, since_ms BIGINT NOT NULL)',
  ],
  '002-told': [
    `CREATE TABLE post_told (
      post_id TEXT NOT NULL, deleted INTEGER NOT NULL, day_ms BIGINT NOT NULL, PRIMARY KEY (post_id, deleted))`,
    'CREATE INDEX post_told_day ON post_told (day_ms)',
  ],
  '003-poll-revisions': ['ALTER TABLE post_poll ADD COLUMN revision BIGINT NOT NULL DEFAULT 0'],
  '004-drafts': [
    `CREATE TABLE post_draft (
      id TEXT NOT NULL PRIMARY KEY, author_id TEXT NOT NULL, content TEXT NOT NULL, changed_ms BIGINT NOT NULL)`,
    'CREATE INDEX post_draft_author ON post_draft (author_id, changed_ms)',
    `CREATE TABLE post_draft_media (
      draft_id TEXT NOT NULL, media_id TEXT NOT NULL, PRIMARY KEY (draft_id, media_id))`,
    'CREATE INDEX post_draft_media_media ON post_draft_media (media_id)',
  ],
  '005-draft-keys': [
    'ALTER TABLE post_draft ADD COLUMN idempotency_key TEXT',
    'CREATE UNIQUE INDEX post_draft_key ON post_draft (author_id, idempotency_key)',
  ],
};
