import type { IncomingHttpHeaders } from 'node:http';
import { isOwnOrigin } from './own-origin.ts';

/** The header with which our browser client asks for the session of its cookie to count. */
export const CLIENT_HEADER = 'x-plaza-client';

/**
 * Whether a request was sent by our own client in this browser, so that its cookie may stand for the person. A page elsewhere can make a browser send the
 * cookie, but not the header: it is on no list of preflights. What the browser itself says of where the request comes from has to agree. A WebSocket cannot
 * carry the header, so there the origin alone decides, and has to be named.
 */
export function isOwnClient(headers: IncomingHttpHeaders, origin: string): boolean {
  const from = headers.origin;
  if (headers.upgrade !== undefined) return from !== undefined && isOwnOrigin(from, origin, headers.host);
  if (headers[CLIENT_HEADER] !== 'web') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return from === undefined || isOwnOrigin(from, origin, headers.host);
}
