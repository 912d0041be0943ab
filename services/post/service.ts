import type { PostService } from '#contracts/services/post.ts';
import { recordable } from '#platform/remembering/recording.ts';
import { getBodies } from './bodies.ts';
import { getHistory } from './history.ts';
import { listByAuthor } from './list-by-author.ts';
import { listDeeds } from './list-deeds.ts';
import { listReactors } from './list-reactors.ts';
import type { MediaOperations } from './media-port.ts';
import type { PostParts } from './parts.ts';
import { pinPost, unpinPost } from './pins.ts';
import { getPoll, getPolls, voteInPoll } from './polls.ts';
import { feature, getHashtags, listFeaturedTags, searchHashtags, unfeature } from './tags.ts';
import { getThread } from './thread.ts';
import { getCounts, getViewerStates } from './viewer.ts';

/** What the service offers: each operation of the contract and the part that does it. */
export function postService(parts: PostParts, media: MediaOperations): PostService {
  const { posts, shown, create, editing, removing, react, reposting, listing, scheduling, drafts } = parts;
  return {
    ...media,
    create: ({ draft, idempotencyKey }, context) => create.create(draft, idempotencyKey, context),
    edit: (edit, context) => editing.edit(edit, context),
    remove: ({ postId, deleteMedia }, context) => removing.remove(postId, deleteMedia, context),

    getShown: ({ postId }, context) => shown.one(postId, context),
    getManyShown: async ({ ids }, context) => ({ posts: await shown.many(ids, context) }),
    getHeads: recordable(async ({ ids }) => ({
      heads: (await posts.heads(ids)).filter((head) => head !== undefined),
    })),
    getBodies: ({ ids, versions }) => getBodies(parts, ids, versions),
    getCounts: recordable(({ ids }, context) => getCounts(parts, ids, context)),
    getViewerStates: recordable(({ ids }, context) => getViewerStates(parts, ids, context)),
    getThread: ({ postId }, context) => getThread(parts, postId, context),
    getHistory: ({ postId }, context) => getHistory(parts, postId, context),

    like: ({ postId }, context) => react.begin('like', postId, context),
    unlike: ({ postId }, context) => react.end('like', postId, context),
    bookmark: ({ postId }, context) => react.begin('bookmark', postId, context),
    unbookmark: ({ postId }, context) => react.end('bookmark', postId, context),
    muteThread: ({ postId }, context) => react.begin('mute', postId, context),
    unmuteThread: ({ postId }, context) => react.end('mute', postId, context),
    repost: ({ postId, visibility }, context) => reposting.repost(postId, visibility, context),
    undoRepost: ({ postId }, context) => reposting.undo(postId, context),
    pin: ({ postId }, context) => pinPost(parts, postId, context),
    unpin: ({ postId }, context) => unpinPost(parts, postId, context),

    listLikers: ({ postId, page }, context) => listReactors(parts, 'like', postId, page, context),
    listReposters: ({ postId, page }, context) => listReactors(parts, 'repost', postId, page, context),
    listLiked: ({ page }, context) => listDeeds(parts, 'like', page, context),
    listBookmarked: ({ page }, context) => listDeeds(parts, 'bookmark', page, context),
    listByAuthor: recordable((query, context) => listByAuthor(parts, query, context)),
    recentByAuthor: recordable(async ({ accountId, before, limit }) => ({
      heads: await listing.recent(accountId, before ?? undefined, limit),
    })),

    getPoll: ({ pollId }, context) => getPoll(parts, pollId, context),
    getPolls: recordable(async ({ pollIds }, context) => ({ polls: await getPolls(parts, pollIds, context) })),
    vote: ({ pollId, choices }, context) => voteInPoll(parts, pollId, choices, context),

    schedule: ({ draft, dueMs, idempotencyKey }, context) => scheduling.schedule(draft, dueMs, idempotencyKey, context),
    listScheduled: ({ page }, context) => scheduling.list(page, context),
    getScheduled: ({ id }, context) => scheduling.get(id, context),
    reschedule: ({ id, dueMs }, context) => scheduling.reschedule(id, dueMs, context),
    cancelScheduled: async ({ id }, context) => {
      await scheduling.cancel(id, context);
      return {};
    },

    listDrafts: async (_none, context) => ({ drafts: await drafts.list(context) }),
    addDraft: ({ content, idempotencyKey }, context) => drafts.add(content, idempotencyKey, context),
    changeDraft: ({ id, content }, context) => drafts.change(id, content, context),
    removeDraft: async ({ id }, context) => {
      await drafts.remove(id, context);
      return {};
    },

    getHashtags: ({ names }) => getHashtags(parts, names),
    searchHashtags: (query) => searchHashtags(parts, query),
    listFeaturedTags: ({ accountId }, context) => listFeaturedTags(parts, accountId, context),
    featureTag: ({ name }, context) => feature(parts, name, context),
    unfeatureTag: async ({ id }, context) => {
      await unfeature(parts, id, context);
      return {};
    },
    statistics: async () => ({ posts: await parts.tags.totalPosts() }),
  };
}
