/** Limits of the product, each with its reason. Sizes of calls and lists stand in the contracts. */
export const LIMITS = {
  /** As Mastodon: what clients' counters expect. */
  postCharacters: 500,
  /** A link counts as this many characters, however long: as Mastodon. */
  charactersPerLink: 23,
  mediaPerPost: 4,
  /** Descriptions for people who cannot see the picture: as Mastodon. */
  mediaDescriptionCharacters: 1_500,
  imageBytes: 16 * 1024 * 1024,
  /** 33 megapixels: a decoded picture of this size takes 133 MB. */
  imagePixels: 33_177_600,
  videoBytes: 99 * 1024 * 1024,
  profileImageBytes: 8 * 1024 * 1024,
  pollOptions: 4,
  pollOptionCharacters: 50,
  pollMinSeconds: 300,
  pollMaxSeconds: 2_629_746,
  profileFields: 4,
  profileFieldCharacters: 255,
  displayNameCharacters: 30,
  bioCharacters: 500,
  usernameCharacters: 30,
  noteCharacters: 2_000,
  /** A name that was given up is kept from others for this long, so that nobody takes it to pose as its owner. */
  usernameHoldMs: 90 * 24 * 3_600_000,
  /** How long a new name stays before it may be changed again: people have to recognise each other. */
  usernameChangeMs: 30 * 24 * 3_600_000,
  /** Beyond this, only as many again as one has followers are of use: as Mastodon. */
  follows: 7_500,
  /** However many followers: what an account follows is read whole when its home is rebuilt. */
  followsHard: 10_000,
  lists: 50,
  listMembers: 500,
  filters: 100,
  filterKeywords: 100,
  /** As many as the contract carries in one filter. */
  filterPosts: 200,
  followedTags: 200,
  featuredTags: 10,
  pinnedPosts: 5,
  /** Posts that somebody has begun and that are kept for them. */
  drafts: 100,
  scheduledPosts: 300,
  scheduledPerDay: 25,
  /** Sooner than this a post is sent at once or refused: as Mastodon. */
  scheduleAheadMs: 5 * 60_000,
  mentionsPerPost: 50,
  tagsPerPost: 60,
  threadAncestors: 4_096,
  threadDescendants: 4_096,
  /** For people who are not signed in, a thread is cut: reading it costs more than they bring. */
  threadAncestorsAnonymous: 40,
  threadDescendantsAnonymous: 60,
  /** Unused uploads are swept after this. */
  unusedMediaMs: 24 * 3_600_000,
} as const;
