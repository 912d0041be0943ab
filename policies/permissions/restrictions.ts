/** Why an account whose token is valid may do nothing yet. */
export type Restriction = 'unconfirmed' | 'unapproved';

/** What its person is told, with 403: the words of Mastodon, which clients show. */
export const RESTRICTION_MESSAGES: Readonly<Record<Restriction, string>> = {
  unconfirmed: 'Your login is missing a confirmed e-mail address',
  unapproved: 'Your login is currently pending approval',
};
