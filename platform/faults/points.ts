/** Every named fault point. The crash test fails when one of them was not reached in its run. */
export const FAULT_POINTS = [
  'sqlite.before-commit',
  'sqlite.after-commit',
  'outbox.before-publish',
  'outbox.after-publish',
  'bus.before-handle',
  'bus.after-handle',
  'bus.after-offset',
  'post.after-reserve',
  'post.before-write',
  'post.after-write',
  'post.before-poll',
  'repost.after-row',
  'post.after-erase',
  'repost.before-end',
  'erasure.between-posts',
  'erasure.before-finish',
  'account.before-sign-out',
  'account.after-erase',
  'feed.between-batches',
  'counts.before-write',
  'media.after-store',
  'schedule.before-publish',
  'schedule.after-publish',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];
