import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#contracts/services/authentication.ts';
import { CLIENT_HEADER } from '../access/own-client.ts';
import type { Route } from '../route.ts';
import type { Answer } from './answer.ts';
import { etagOf, isCurrent } from './etag.ts';
import { API_SECURITY_HEADERS, CORS_HEADERS, PAGE_SECURITY_HEADERS, PRIVATE_HEADERS, VARY } from './headers.ts';

const PRIVATE_API = { ...CORS_HEADERS, ...API_SECURITY_HEADERS, ...PRIVATE_HEADERS };
const OPEN_API = { ...CORS_HEADERS, ...API_SECURITY_HEADERS, vary: VARY };
const PAGE = { ...PAGE_SECURITY_HEADERS, 'cache-control': 'private, no-store', vary: 'Cookie' };

/**
 * Sends what a route answered. Only an anonymous answer of a route that allows it may be kept by caches, and it gets a validator so that it
 * need not be sent twice. What our own client asks for is kept by nobody, signed in or not: caches know its header and no cookie, so they would
 * give it to the next person who is signed in.
 */
export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  route: Pick<Route, 'cache'>,
  principal: Principal | null,
): FastifyReply {
  const { body, status } = answer;
  // `finish` comes when the network has taken every byte; where it never comes, the memory is simply not used again.
  if (answer.release !== undefined) reply.raw.once('finish', answer.release);
  reply.code(status);
  if (answer.contentType.startsWith('text/html')) {
    reply.headers(PAGE).headers(answer.headers);
    return keptByNobodyWithCookies(reply).type(answer.contentType).send(body);
  }
  const forOne = principal !== null || request.headers[CLIENT_HEADER] !== undefined || reply.hasHeader('set-cookie');
  if (forOne || route.cache === 'private' || status !== 200) {
    reply.headers(PRIVATE_API).headers(answer.headers);
    return keptByNobodyWithCookies(reply).type(answer.contentType).send(body);
  }
  reply.headers(OPEN_API).header('cache-control', route.cache).headers(answer.headers).type(answer.contentType);
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return reply.send(body);
  const etag = etagOf(body);
  reply.header('etag', etag);
  if (isCurrent(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.send(body);
}

/** Cookies are of one browser: a cache that keeps an answer with them hands them to all others, whatever the route says of its answer. */
function keptByNobodyWithCookies(reply: FastifyReply): FastifyReply {
  return reply.hasHeader('set-cookie') ? reply.header('cache-control', PRIVATE_HEADERS['cache-control']) : reply;
}
