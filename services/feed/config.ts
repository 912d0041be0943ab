const DAY_MS = 24 * 3_600_000;
export const WEEK_MS = 7 * DAY_MS;

export interface FeedConfig {
  /**
   * Posts of authors with more followers are not pushed to homes but merged when a home is read. Below it, one post costs a write per
   * active follower; above it, every home of a follower merges one more list at each read. See `docs/decisions/feed.md`.
   */
  readonly pullAboveFollowers: number;
  /** A reader whose last read of home is longer ago gets no pushes; home is rebuilt at the return. In weeks. */
  readonly activeWeeks: number;
  /** Entries of home that a rebuild stores. Older ones are pulled when they are asked for. */
  readonly rebuildEntries: number;
  /** Followers that are read at a time in a fan-out. Each page holds the main thread for about a microsecond or two a follower. */
  readonly followersPerPage: number;
  /** Home entries in one write. */
  readonly entriesPerWrite: number;
  /** Homes whose newest entries stand in memory. */
  readonly homesInMemory: number;
  /** Authors whose newest posts stand in memory. */
  readonly authorsInMemory: number;
  /** Partitions over which the public posts of one day are spread: more for more writers. Fixed for a day when it begins. */
  readonly publicShards: number;
  /**
   * Whether other processes write to the same feeds. Then the newest entries of homes are kept in the shared cache, which every writer clears,
   * instead of in this process.
   */
  readonly shared: boolean;
}

export const feedDefaults: FeedConfig = {
  pullAboveFollowers: 50_000,
  activeWeeks: 4,
  rebuildEntries: 400,
  followersPerPage: 500,
  entriesPerWrite: 1_000,
  homesInMemory: 20_000,
  authorsInMemory: 20_000,
  publicShards: 1,
  shared: false,
};
