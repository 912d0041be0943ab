import type { Mutation } from '#tests/mutation/mutation.ts';

/** A check, and the cells of the matrix that turn red without it: operation and kind of caller. */
export interface NoticedMutation extends Mutation {
  readonly noticed: readonly (readonly [operation: string, kind: string])[];
}

export const MUTATIONS: readonly NoticedMutation[] = [
  {
    check: 'a token is needed',
    file: 'services/gateway/access/check.ts',
    text: "if (route.access !== 'public') throw invalidToken();",
    instead: '',
    noticed: [['GET /api/v1/apps/verify_credentials', 'anonymous']],
  },
  {
    check: 'the scope covers the route',
    file: 'services/gateway/access/check.ts',
    text: 'if (!scopeSuffices(route.scope, principal.scopes)) {',
    instead: 'if (false) {',
    noticed: [
      ['GET /api/v1/timelines/home', 'wrongScope'],
      ['POST /api/v1/statuses', 'wrongScope'],
    ],
  },
  {
    check: 'what is for our own client is for no app',
    file: 'services/gateway/access/check.ts',
    text: "if (route.access === 'first-party' && !principal.firstParty) {",
    instead: 'if (false) {',
    noticed: [
      ['GET /api/plaza/v1/session', 'owner'],
      ['DELETE /api/plaza/v1/session', 'otherUser'],
    ],
  },
  {
    check: 'a person is needed',
    file: 'services/gateway/access/check.ts',
    text: 'if (ofPerson && principal.accountId === null) {',
    instead: 'if (false) {',
    noticed: [['GET /api/v1/timelines/home', 'appOnly']],
  },
  {
    check: 'the account is approved',
    file: 'services/gateway/access/check.ts',
    text: 'if (principal.restriction !== null && ofPerson && route.whileRestricted !== true) {',
    instead: 'if (false) {',
    noticed: [['GET /api/v1/timelines/home', 'awaiting']],
  },
  {
    check: 'the role has the permission',
    file: 'services/gateway/access/check.ts',
    text: 'if (route.permission !== undefined && !may(principal.permissions, route.permission)) throw forbidden();',
    instead: '',
    noticed: [
      ['POST /api/v1/statuses', 'powerless'],
      ['POST /api/v1/accounts/:id/follow', 'powerless'],
    ],
  },
  {
    check: 'the session still stands',
    file: 'services/gateway/access/principals.ts',
    text: 'if (active && revision === known.principal.revision) return known.principal;',
    instead: 'return known.principal;',
    noticed: [
      ['GET /api/v1/instance', 'suspended'],
      ['POST /api/v1/statuses', 'suspended'],
    ],
  },
  {
    check: 'people are signed up with the own token of an app',
    file: 'services/gateway/routes/accounts/create.ts',
    text: "if (principal!.accountId !== null) throw forbidden('an app signs people up with its own token');",
    instead: 'if (principal!.accountId !== null) return json({});',
    noticed: [['POST /api/v1/accounts', 'otherUser']],
  },
  {
    check: 'a block hides posts',
    file: 'policies/visibility/visibility.ts',
    text: 'if (facts.blockedBy || facts.blocking) return false;',
    instead: '',
    noticed: [
      ['GET /api/v1/statuses/:id', 'blockedUser'],
      ['GET /api/v1/statuses/:id/context', 'blockedUser'],
      ['POST /api/v1/polls/:id/votes', 'blockedUser'],
    ],
  },
  {
    check: 'posts are deleted by their author',
    file: 'services/post/remove.ts',
    text: 'if (head === undefined || head.authorId !== authorId) throw notFound();',
    instead: 'if (head === undefined) throw notFound();',
    noticed: [['DELETE /api/v1/statuses/:id', 'blockedUser']],
  },
  {
    check: 'posts are edited by their author',
    file: 'services/post/edit.ts',
    text: 'if (head === undefined || row === undefined || head.authorId !== authorId) throw notFound();',
    instead: 'if (head === undefined || row === undefined) throw notFound();',
    noticed: [['PUT /api/v1/statuses/:id', 'otherUser']],
  },
  {
    check: 'posts are pinned by their author',
    file: 'services/post/pins.ts',
    text: "if (shown.head.authorId !== authorId) throw invalid('base', 'ERR_INVALID', \"Someone else's post cannot be pinned\");",
    instead: '',
    noticed: [['POST /api/v1/statuses/:id/pin', 'otherUser']],
  },
  {
    check: 'scheduled posts belong to their author',
    file: 'services/post/store/scheduled-store.ts',
    text: "db.selectFrom('post_scheduled').selectAll().where('id', '=', id).where('author_id', '=', authorId),",
    instead: "db.selectFrom('post_scheduled').selectAll().where('id', '=', id),",
    noticed: [['GET /api/v1/scheduled_statuses/:id', 'otherUser']],
  },
  {
    check: 'uploads belong to who sent them',
    file: 'services/post/media/operations.ts',
    text: 'if (media === undefined || media.ownerId !== ownerId) throw notFound();',
    instead: 'if (media === undefined) throw notFound();',
    noticed: [['GET /api/v1/media/:id', 'otherUser']],
  },
  {
    check: 'lists are deleted by their owner (in the writer thread)',
    file: 'services/feed/scripts/lists.ts',
    text: "const gone = db.deleteFrom('feed_lists').where('id', '=', listId).where('owner_id', '=', ownerId);",
    instead: "const gone = db.deleteFrom('feed_lists').where('id', '=', listId);",
    noticed: [['DELETE /api/v1/lists/:id', 'blockedUser']],
  },
  {
    check: 'a block keeps from following (in the writer thread)',
    file: 'services/user/scripts/follow.ts',
    text: 'if (own.row.block_id !== null || other.row.block_id !== null) throw forbidden();',
    instead: '',
    noticed: [['POST /api/v1/accounts/:id/follow', 'blockedUser']],
  },
  {
    check: 'words are removed from own filters',
    file: 'services/feed/filters/operations.ts',
    text: "const row = db.deleteFrom(table).where('id', '=', id).where('owner_id', '=', ownerId);",
    instead: "const row = db.deleteFrom(table).where('id', '=', id);",
    noticed: [['DELETE /api/v2/filters/keywords/:id', 'blockedUser']],
  },
];
