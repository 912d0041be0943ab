import type { Deed } from './deed.ts';
import { between, decide, enlist, follow, goOrReturn, leave, lock } from './deeds-of-people.ts';
import { change, pin, react, remove, share, unshare, write } from './deeds-with-posts.ts';
import type { World } from './world.ts';

export const DEEDS: readonly Deed[] = [
  follow,
  decide,
  lock,
  between(5, 'unfollows', 'unfollow', ({ model }, one, other) => model.endFollow(one, other)),
  between(3, 'no longer lets follow', 'remove_from_followers', ({ model }, one, other) => {
    if (model.follows.has(other, one)) model.endFollow(other, one);
  }),
  between(5, 'blocks', 'block', ({ model }, one, other) => model.block(one, other)),
  between(4, 'unblocks', 'unblock', ({ model }, one, other) => model.blocks.delete(one, other)),
  between(4, 'mutes', 'mute', ({ model }, one, other) => model.mutes.add(one, other)),
  between(3, 'unmutes', 'unmute', ({ model }, one, other) => model.mutes.delete(one, other)),
  write,
  change,
  remove,
  share,
  unshare,
  react(4, 'likes', 'favourite', ({ model }) => model.likes, false),
  react(2, 'likes no longer', 'unfavourite', ({ model }) => model.likes, true),
  react(4, 'bookmarks', 'bookmark', ({ model }) => model.bookmarks, false),
  react(1, 'bookmarks no longer', 'unbookmark', ({ model }) => model.bookmarks, true),
  pin,
  enlist,
  goOrReturn,
  leave,
];

/** Does one thing at random. */
export async function doSomething(world: World): Promise<boolean> {
  let at = world.next() * DEEDS.reduce((sum, { weight }) => sum + weight, 0);
  for (const deed of DEEDS) {
    at -= deed.weight;
    if (at < 0) return deed.do(world);
  }
  return false;
}
