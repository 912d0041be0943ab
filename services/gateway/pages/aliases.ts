import { redirect } from '../http/answer.ts';
import { page } from './frame/page.ts';

/** Addresses of Mastodon that apps and mails open in a browser, and the one at which password managers look. */
const ALIASES: Readonly<Record<string, string>> = {
  '/auth/sign_in': '/sign-in',
  '/auth/sign_up': '/sign-up',
  '/auth/password/new': '/forgot-password',
  '/auth/password/edit': '/reset-password',
  '/auth/confirmation': '/confirm-email',
  '/auth/edit': '/settings/account',
  '/.well-known/change-password': '/settings/account/password',
};

export const aliasPages = Object.entries(ALIASES).map(([url, target]) =>
  page({
    method: 'GET',
    url,
    handle: async ({ search }) => redirect(search === '' ? target : `${target}?${search}`),
  }),
);
