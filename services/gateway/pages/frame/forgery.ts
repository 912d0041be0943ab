import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Random, randomToken } from '#platform/random/random.ts';
import { isOwnOrigin } from '../../access/own-origin.ts';
import type { CookieJar } from './cookies.ts';

/** The name of the field that every form carries. */
export const FORM_TOKEN = 'form_token';
const DAY_SECONDS = 86_400;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token of this browser's forms, made where there is none yet. */
export function formToken(jar: CookieJar, random: Random): string {
  const known = jar.get('form');
  if (known !== undefined && TOKEN.test(known)) return known;
  return renewFormToken(jar, random);
}

/** A new token: whoever signed in or out sends no form that was made for somebody else. */
export function renewFormToken(jar: CookieJar, random: Random): string {
  const token = randomToken(random);
  jar.set('form', token, DAY_SECONDS);
  return token;
}

/**
 * Whether a form was sent by one of our own pages, in this browser. The browser's own word (`Sec-Fetch-Site`, `Origin`) has to agree where it is
 * given, and the form has to carry the token that the cookie holds. This protects signing in as well: the token is there before any session.
 */
export function isOwnForm(headers: IncomingHttpHeaders, sent: string, jar: CookieJar, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, origin, headers.host)) return false;
  const kept = Buffer.from(jar.get('form') ?? '');
  const given = Buffer.from(sent);
  return kept.length > 0 && kept.length === given.length && timingSafeEqual(kept, given);
}
