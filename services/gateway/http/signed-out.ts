import type { IncomingHttpHeaders } from 'node:http';
import type { GatewayConfig } from '../config.ts';
import { CookieJar } from '../pages/frame/cookies.ts';
import { type Answer, json } from './answer.ts';

/** What our browser client is answered when its session is over: the cookies go, and whatever this browser has kept. */
export function signedOut(headers: IncomingHttpHeaders, config: Pick<GatewayConfig, 'origin'>): Answer {
  const jar = new CookieJar(headers.cookie, config.origin);
  // Both, whatever came: on the way in, one that was over may have been replaced.
  for (const name of ['access', 'refresh'] as const) jar.set(name, '', 0);
  return json({}, { 'set-cookie': jar.headers(), 'clear-site-data': '"cache", "storage"' });
}
