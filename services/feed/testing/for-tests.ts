import { after, before } from 'node:test';
import type { Page } from '#contracts/model/common.ts';
import type { ShownPost } from '#contracts/model/post.ts';
import { type FeedWorld, feedWorld, type WorldOptions } from './feed-world.ts';

/** A world for the tests of one `describe`, made before them and removed afterwards. */
export function worldForTests(options: WorldOptions = {}): { readonly world: FeedWorld } {
  let world: FeedWorld | undefined;
  before(async () => {
    world = await feedWorld(options);
  });
  after(() => world?.close());
  return {
    get world() {
      return world!;
    },
  };
}

export function idsOf({ posts }: { readonly posts: readonly ShownPost[] }): string[] {
  return posts.map(({ head }) => head.id);
}

export async function homeIds(world: FeedWorld, readerId: string, page: Partial<Page> = {}): Promise<string[]> {
  return idsOf(await world.feed.home({ page: { limit: 20, ...page } }, world.as(readerId)));
}

/** As many new people as asked for. */
export function people(world: FeedWorld, count: number): string[] {
  return Array.from({ length: count }, () => world.community.person());
}
