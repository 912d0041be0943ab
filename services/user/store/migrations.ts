import type { Migrations } from '#ports/relational/port.ts';

/**
 * Tables of the user service.
 *
 * `user_heads` is what every request reads: small, so that twenty of them stand on few pages. `user_profiles` is what people wrote.
 *
 * `user_pairs` holds everything one account has done with regard to another in ONE row, so that a state that must not be (following whom one
 * blocks) is refused by the table itself, and a follow and a block of the same pair meet in the same row. The row stays when nothing is left of the
 * relation: its revision is the version of the events, and must not start again.
 */
export const userMigrations: Migrations = {
  '001-accounts': [
    `CREATE TABLE user_heads (
      id TEXT NOT NULL PRIMARY KEY,
      state TEXT NOT NULL,
      locked BIGINT NOT NULL,
      epoch BIGINT NOT NULL,
      version BIGINT NOT NULL,
      follows BIGINT NOT NULL CHECK (follows >= 0),
      requests BIGINT NOT NULL CHECK (requests >= 0)
    ) WITHOUT ROWID`,
    `CREATE TABLE user_profiles (
      id TEXT NOT NULL PRIMARY KEY,
      username TEXT NOT NULL,
      username_changed_ms BIGINT NOT NULL,
      display_name TEXT NOT NULL,
      bio TEXT NOT NULL,
      fields TEXT NOT NULL,
      avatar TEXT,
      header TEXT,
      bot BIGINT NOT NULL,
      discoverable BIGINT NOT NULL,
      indexable BIGINT NOT NULL,
      hide_collections BIGINT NOT NULL,
      preferences TEXT NOT NULL,
      created_ms BIGINT NOT NULL
    )`,
    // A name that is nobody's any more stays until `held_until_ms`, or for ever where that is null and `current` is 0.
    `CREATE TABLE user_names (
      name TEXT NOT NULL PRIMARY KEY,
      account_id TEXT NOT NULL,
      current BIGINT NOT NULL,
      held_until_ms BIGINT
    ) WITHOUT ROWID`,
    `CREATE TABLE user_words (
      word TEXT NOT NULL,
      account_id TEXT NOT NULL,
      PRIMARY KEY (word, account_id)
    ) WITHOUT ROWID`,
    'CREATE INDEX user_words_by_account ON user_words (account_id, word)',
  ],
  '002-graph': [
    `CREATE TABLE user_pairs (
      actor_id TEXT NOT NULL,
      target_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      follow_id TEXT,
      request_id TEXT,
      show_reposts BIGINT NOT NULL,
      notify BIGINT NOT NULL,
      languages TEXT NOT NULL,
      block_id TEXT,
      mute_id TEXT,
      mute_notifications BIGINT NOT NULL,
      mute_until_ms BIGINT,
      endorse_id TEXT,
      note TEXT NOT NULL,
      counted BIGINT NOT NULL,
      PRIMARY KEY (actor_id, target_id),
      CHECK (actor_id <> target_id OR (follow_id IS NULL AND request_id IS NULL AND block_id IS NULL AND mute_id IS NULL)),
      CHECK (follow_id IS NULL OR (request_id IS NULL AND block_id IS NULL)),
      CHECK (request_id IS NULL OR block_id IS NULL),
      CHECK (endorse_id IS NULL OR follow_id IS NOT NULL)
    ) WITHOUT ROWID`,
    'CREATE INDEX user_pairs_following ON user_pairs (actor_id, follow_id) WHERE follow_id IS NOT NULL',
    'CREATE INDEX user_pairs_followers ON user_pairs (target_id, follow_id) WHERE follow_id IS NOT NULL',
    'CREATE INDEX user_pairs_follower_ids ON user_pairs (target_id, actor_id, show_reposts, counted) WHERE follow_id IS NOT NULL',
    'CREATE INDEX user_pairs_requests ON user_pairs (target_id, request_id) WHERE request_id IS NOT NULL',
    'CREATE INDEX user_pairs_blocked ON user_pairs (actor_id, block_id) WHERE block_id IS NOT NULL',
    'CREATE INDEX user_pairs_muted ON user_pairs (actor_id, mute_id) WHERE mute_id IS NOT NULL',
    'CREATE INDEX user_pairs_mutes_due ON user_pairs (mute_until_ms) WHERE mute_until_ms IS NOT NULL',
    'CREATE INDEX user_pairs_endorsed ON user_pairs (actor_id, endorse_id) WHERE endorse_id IS NOT NULL',
    // With `user_pairs_follower_ids`: every row that names an account as its target, for forgetting it.
    'CREATE INDEX user_pairs_others ON user_pairs (target_id, actor_id, counted) WHERE follow_id IS NULL',
  ],
  '003-counts': [
    `CREATE TABLE user_counts (
      id TEXT NOT NULL PRIMARY KEY,
      followers BIGINT NOT NULL CHECK (followers >= 0),
      posts BIGINT NOT NULL CHECK (posts >= 0),
      last_post_ms BIGINT,
      revision BIGINT NOT NULL
    ) WITHOUT ROWID`,
    'CREATE INDEX user_counts_most_followed ON user_counts (followers, id)',
    `CREATE TABLE user_counted_posts (
      author_id TEXT NOT NULL,
      post_id TEXT NOT NULL,
      counted BIGINT NOT NULL,
      PRIMARY KEY (author_id, post_id)
    ) WITHOUT ROWID`,
    'CREATE INDEX user_counted_posts_live ON user_counted_posts (author_id, post_id) WHERE counted = 1',
  ],
  '004-activity': [
    // Each account stands in the total of the last day on which it was active, so that a month is a sum of thirty rows.
    'CREATE TABLE user_activity (id TEXT NOT NULL PRIMARY KEY, day BIGINT NOT NULL) WITHOUT ROWID',
    'CREATE TABLE user_active_days (day BIGINT NOT NULL PRIMARY KEY, accounts BIGINT NOT NULL)',
    // One row: the number of active accounts.
    'CREATE TABLE user_totals (name TEXT NOT NULL PRIMARY KEY, accounts BIGINT NOT NULL)',
    "INSERT INTO user_totals (name, accounts) VALUES ('active', 0)",
  ],
  '005-background': [
    // Work that was promised in the same transaction as the change that makes it necessary.
    `CREATE TABLE user_tasks (
      account_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      PRIMARY KEY (account_id, kind)
    ) WITHOUT ROWID`,
    `CREATE TABLE user_dismissed (
      account_id TEXT NOT NULL,
      target_id TEXT NOT NULL,
      PRIMARY KEY (account_id, target_id)
    ) WITHOUT ROWID`,
    'CREATE INDEX user_dismissed_by_target ON user_dismissed (target_id, account_id)',
  ],
  '006-follower-ids': [
    // The column of the condition stands in the index as well: without it SQLite looks each row up in the table, which took eighteen times as long.
    'DROP INDEX user_pairs_follower_ids',
    'CREATE INDEX user_pairs_follower_ids ON user_pairs (target_id, actor_id, show_reposts, counted, follow_id) WHERE follow_id IS NOT NULL',
  ],
};
