import type { List } from '#contracts/services/feed.ts';

const REPLIES = { followed: 'followed', list: 'list', none: 'none' } as const;

export function listJson(list: List) {
  return {
    id: list.id,
    title: list.title,
    replies_policy: REPLIES[list.repliesPolicy],
    exclusive: list.exclusive,
  };
}
