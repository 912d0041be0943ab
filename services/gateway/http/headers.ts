/** Any web page may use the API: tokens travel in a header that a page has to know, never in a cookie. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, ETag',
};

export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  ...CORS_HEADERS,
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers':
    'Authorization, Content-Type, Idempotency-Key, Accept, Accept-Language, If-None-Match',
  'access-control-max-age': '86400',
};

/** JSON is never shown as a page, framed, or guessed to be something else. */
export const API_SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; form-action 'none'",
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
};

/** For pages: own styles and scripts by hash or file are added by the page itself. */
export const PAGE_SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** What an answer depends on beside its address: who asks, by a token or by the session of our own client. */
export const VARY = 'Authorization, X-Plaza-Client';

/** Whatever somebody sees because of who they are is kept by nobody else, and by no shared cache. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  vary: VARY,
};
