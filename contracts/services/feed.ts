import Type, { type Static } from 'typebox';
import { Cursors, Id, Ids, Nothing, Page, TimeMs } from '#contracts/model/common.ts';
import { ShownPost } from '#contracts/model/post.ts';
import { defineService, idempotentWrite, read, type ServiceApi, write } from '#platform/calls/contract.ts';

const ShownPage = Type.Object({ posts: Type.Array(ShownPost), cursors: Cursors });

export const RepliesPolicy = Type.Union([Type.Literal('followed'), Type.Literal('list'), Type.Literal('none')]);
export const List = Type.Object({
  id: Id,
  title: Type.String({ maxLength: 200 }),
  repliesPolicy: RepliesPolicy,
  /** Posts of its members stay out of home. */
  exclusive: Type.Boolean(),
});
export type List = Static<typeof List>;

export const FilterContext = Type.Union([
  Type.Literal('home'),
  Type.Literal('notifications'),
  Type.Literal('public'),
  Type.Literal('thread'),
  Type.Literal('account'),
]);
export type FilterContext = Static<typeof FilterContext>;
export const FilterKeyword = Type.Object({
  id: Id,
  keyword: Type.String({ maxLength: 512 }),
  wholeWord: Type.Boolean(),
});
export type FilterKeyword = Static<typeof FilterKeyword>;
export const FilterPost = Type.Object({ id: Id, postId: Id });
export type FilterPost = Static<typeof FilterPost>;
export const Filter = Type.Object({
  id: Id,
  title: Type.String({ maxLength: 200 }),
  contexts: Type.Array(FilterContext, { minItems: 1, maxItems: 5 }),
  expiresMs: Type.Union([TimeMs, Type.Null()]),
  action: Type.Union([Type.Literal('warn'), Type.Literal('hide'), Type.Literal('blur')]),
  keywords: Type.Array(FilterKeyword, { maxItems: 200 }),
  posts: Type.Array(FilterPost, { maxItems: 200 }),
});
export type Filter = Static<typeof Filter>;

const FilterFields = {
  title: Type.String({ maxLength: 200 }),
  contexts: Type.Array(FilterContext, { minItems: 1, maxItems: 5 }),
  expiresInSeconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  action: Filter.properties.action,
};
const KeywordChange = Type.Object({
  id: Type.Optional(Id),
  keyword: Type.Optional(Type.String({ maxLength: 512 })),
  wholeWord: Type.Optional(Type.Boolean()),
  remove: Type.Optional(Type.Boolean()),
});

/** Timelines and how a person arranges them. Every timeline answers posts that the caller may see, newest first. */
export const feedContract = defineService('feed', {
  home: read(Type.Object({ page: Page }), ShownPage),
  public: read(Type.Object({ page: Page, onlyMedia: Type.Boolean() }), ShownPage),
  tag: read(
    Type.Object({
      page: Page,
      name: Type.String({ maxLength: 100 }),
      any: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 4 }),
      all: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 4 }),
      none: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 4 }),
      onlyMedia: Type.Boolean(),
    }),
    ShownPage,
  ),
  list: read(Type.Object({ listId: Id, page: Page }), ShownPage),

  createList: write(
    Type.Object({ title: Type.String({ maxLength: 200 }), repliesPolicy: RepliesPolicy, exclusive: Type.Boolean() }),
    List,
  ),
  updateList: idempotentWrite(
    Type.Object({
      listId: Id,
      title: Type.Optional(Type.String({ maxLength: 200 })),
      repliesPolicy: Type.Optional(RepliesPolicy),
      exclusive: Type.Optional(Type.Boolean()),
    }),
    List,
  ),
  deleteList: idempotentWrite(Type.Object({ listId: Id }), Nothing),
  getList: read(Type.Object({ listId: Id }), List),
  listLists: read(Nothing, Type.Object({ lists: Type.Array(List) })),
  /** The caller's lists that hold the account. */
  listsWith: read(Type.Object({ accountId: Id }), Type.Object({ lists: Type.Array(List) })),
  /** Members must be followed by the caller (or be the caller): `not_found` otherwise. */
  addListMembers: idempotentWrite(Type.Object({ listId: Id, accountIds: Ids }), Nothing),
  removeListMembers: idempotentWrite(Type.Object({ listId: Id, accountIds: Ids }), Nothing),
  listMembers: read(
    Type.Object({ listId: Id, page: Page, all: Type.Boolean() }),
    Type.Object({ accountIds: Ids, cursors: Cursors }),
  ),

  followTag: idempotentWrite(Type.Object({ name: Type.String({ maxLength: 100 }) }), Nothing),
  unfollowTag: idempotentWrite(Type.Object({ name: Type.String({ maxLength: 100 }) }), Nothing),
  listFollowedTags: read(
    Type.Object({ page: Page }),
    Type.Object({ names: Type.Array(Type.String()), cursors: Cursors }),
  ),
  /** Which of the names the caller follows. */
  followedAmong: read(
    Type.Object({ names: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }) }),
    Type.Object({ names: Type.Array(Type.String()) }),
  ),

  listFilters: read(Nothing, Type.Object({ filters: Type.Array(Filter) })),
  getFilter: read(Type.Object({ filterId: Id }), Filter),
  createFilter: write(Type.Object({ ...FilterFields, keywords: Type.Array(KeywordChange, { maxItems: 200 }) }), Filter),
  updateFilter: idempotentWrite(
    Type.Object({
      filterId: Id,
      ...Type.Partial(Type.Object(FilterFields)).properties,
      keywords: Type.Optional(Type.Array(KeywordChange, { maxItems: 200 })),
    }),
    Filter,
  ),
  deleteFilter: idempotentWrite(Type.Object({ filterId: Id }), Nothing),
  addFilterKeyword: write(
    Type.Object({ filterId: Id, keyword: Type.String({ maxLength: 512 }), wholeWord: Type.Boolean() }),
    FilterKeyword,
  ),
  getFilterKeyword: read(Type.Object({ keywordId: Id }), FilterKeyword),
  updateFilterKeyword: idempotentWrite(
    Type.Object({
      keywordId: Id,
      keyword: Type.Optional(Type.String({ maxLength: 512 })),
      wholeWord: Type.Optional(Type.Boolean()),
    }),
    FilterKeyword,
  ),
  deleteFilterKeyword: idempotentWrite(Type.Object({ keywordId: Id }), Nothing),
  addFilterPost: write(Type.Object({ filterId: Id, postId: Id }), FilterPost),
  getFilterPost: read(Type.Object({ filterPostId: Id }), FilterPost),
  deleteFilterPost: idempotentWrite(Type.Object({ filterPostId: Id }), Nothing),

  /** Reading positions by timeline (`home`, `notifications`). */
  getMarkers: read(
    Type.Object({
      timelines: Type.Array(Type.Union([Type.Literal('home'), Type.Literal('notifications')]), { maxItems: 2 }),
    }),
    Type.Object({
      markers: Type.Array(
        Type.Object({ timeline: Type.String(), lastReadId: Id, version: Type.Integer(), updatedMs: TimeMs }),
      ),
    }),
  ),
  setMarkers: idempotentWrite(
    Type.Object({
      markers: Type.Array(
        Type.Object({ timeline: Type.Union([Type.Literal('home'), Type.Literal('notifications')]), lastReadId: Id }),
        { maxItems: 2 },
      ),
    }),
    Type.Object({
      markers: Type.Array(
        Type.Object({ timeline: Type.String(), lastReadId: Id, version: Type.Integer(), updatedMs: TimeMs }),
      ),
    }),
  ),
});

export type FeedService = ServiceApi<typeof feedContract>;
