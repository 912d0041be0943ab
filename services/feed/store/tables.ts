import { wideTable } from '#ports/wide-column/table.ts';

/**
 * Home entries of one reader and one week. A row is a pure function of its key (the post never changes its author or what it reposts), so every
 * order and repetition of writes leads to the same rows; they all carry version 1 and end by themselves.
 */
export const homeEntry = wideTable({
  name: 'home_entry',
  tier: 'derived',
  partition: { reader_id: 'id', week: 'int' },
  clustering: { post_id: { type: 'id', order: 'desc' }, tag: { type: 'text', order: 'asc' } },
  columns: { author_id: 'id', target_id: 'id?' },
});

/** From which id on the stored entries of a reader's home are complete, and in which week the reader last looked. */
export const homeState = wideTable({
  name: 'home_state',
  tier: 'derived',
  partition: { reader_id: 'id' },
  clustering: {},
  columns: { complete_from: 'id', week: 'int', revision: 'int' },
});

/** Who read home in a week: the fan-out loads the last few weeks when it starts. */
export const activeReader = wideTable({
  name: 'active_reader',
  tier: 'derived',
  partition: { week: 'int', shard: 'int' },
  clustering: { reader_id: { type: 'id', order: 'asc' } },
  columns: {},
});

/** Whether a post was pushed to homes or is merged when they are read. Decided once. */
export const feedDelivery = wideTable({
  name: 'feed_delivery',
  tier: 'derived',
  partition: { post_id: 'id' },
  clustering: {},
  columns: { pulled: 'boolean' },
});

/** Authors with posts that were not pushed. Rows end when no such post is within the time that homes keep. */
export const pulledAuthor = wideTable({
  name: 'pulled_author',
  tier: 'derived',
  partition: { shard: 'int' },
  clustering: { author_id: { type: 'id', order: 'asc' } },
  columns: {},
});

export const homeTables = [homeEntry, homeState, activeReader, feedDelivery, pulledAuthor] as const;
