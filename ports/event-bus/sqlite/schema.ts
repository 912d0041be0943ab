/** The log and the dead letters stand in core: what was acknowledged is backed up. */
export const CORE_TABLES = `
CREATE TABLE IF NOT EXISTS event_log (
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  time_ms INTEGER NOT NULL,
  PRIMARY KEY (topic, partition, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event_dead_letters (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  consumer_group TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  position INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  error TEXT NOT NULL,
  time_ms INTEGER NOT NULL,
  replaying INTEGER NOT NULL DEFAULT 0,
  UNIQUE (consumer_group, topic, partition, position)
) STRICT;
`;

/** In both files: a group's offsets stand beside the rows that it writes. `next` is the first offset not yet handled. */
export const OFFSET_TABLES = `
CREATE TABLE IF NOT EXISTS event_offsets (
  consumer_group TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  next INTEGER NOT NULL,
  PRIMARY KEY (consumer_group, topic, partition)
) STRICT, WITHOUT ROWID;
`;
