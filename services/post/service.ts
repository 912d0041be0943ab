import { type PostService, postContract } from '#contracts/services/post.ts';
import { PlazaError } from '#platform/errors/errors.ts';
import { getBodies } from './bodies.ts';
import { listByAuthor } from './list-by-author.ts';
import type { PostParts } from './parts.ts';
import { getThread } from './thread.ts';
import { getCounts, getViewerStates } from './viewer.ts';

/** What the service offers: each operation of the contract and the part that does it. */
export function postService(parts: PostParts): PostService {
  const { posts, shown, create, removing, react, reposting, listing } = parts;
  const offered = {
    create: ({ draft, idempotencyKey }, context) => create.create(draft, idempotencyKey, context),
    remove: ({ postId, deleteMedia }, context) => removing.remove(postId, deleteMedia, context),

    getShown: ({ postId }, context) => shown.one(postId, context),
    getManyShown: async ({ ids }, context) => ({ posts: await shown.many(ids, context) }),
    getHeads: async ({ ids }) => ({ heads: (await posts.heads(ids)).filter((head) => head !== undefined) }),
    getBodies: ({ ids }) => getBodies(parts, ids),
    getCounts: ({ ids }, context) => getCounts(parts, ids, context),
    getViewerStates: ({ ids }, context) => getViewerStates(parts, ids, context),
    getThread: ({ postId }, context) => getThread(parts, postId, context),

    like: ({ postId }, context) => react.begin('like', postId, context),
    unlike: ({ postId }, context) => react.end('like', postId, context),
    bookmark: ({ postId }, context) => react.begin('bookmark', postId, context),
    unbookmark: ({ postId }, context) => react.end('bookmark', postId, context),
    muteThread: ({ postId }, context) => react.begin('mute', postId, context),
    unmuteThread: ({ postId }, context) => react.end('mute', postId, context),
    repost: ({ postId, visibility }, context) => reposting.repost(postId, visibility, context),
    undoRepost: ({ postId }, context) => reposting.undo(postId, context),

    listByAuthor: (query, context) => listByAuthor(parts, query, context),
    recentByAuthor: async ({ accountId, before, limit }) => ({
      heads: await listing.recent(accountId, before ?? undefined, limit),
    }),
  } satisfies Partial<PostService>;
  const service: Record<string, unknown> = { ...offered };
  for (const name of Object.keys(postContract.operations)) {
    service[name] ??= () => Promise.reject(new PlazaError('unavailable', `post.${name} is not offered here`));
  }
  return service as unknown as PostService;
}
