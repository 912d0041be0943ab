/**
 * What all of `/api/plaza/v1` has in common: open to the browser client of this place, by the session of its cookie, and to no token of an app, whatever its
 * scopes. The callers of the matrix all bring tokens of apps; `tests/pages/plaza-api.test.ts` walks each route with a session.
 */
export const FIRST_PARTY = {
  access: 'first-party',
  scope: null,
  cache: 'private',
  expect: {
    anonymous: 401,
    appOnly: 403,
    wrongScope: 403,
    otherUser: 403,
    blockedUser: 403,
    suspended: 401,
    owner: 403,
    moderator: 403,
    admin: 403,
  },
} as const;
