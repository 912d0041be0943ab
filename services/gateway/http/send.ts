import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#contracts/services/authentication.ts';
import type { Route } from '../route.ts';
import type { Answer } from './answer.ts';
import { etagOf, isCurrent } from './etag.ts';
import { API_SECURITY_HEADERS, CORS_HEADERS, PAGE_SECURITY_HEADERS, PRIVATE_HEADERS, VARY } from './headers.ts';

const PRIVATE_API = { ...CORS_HEADERS, ...API_SECURITY_HEADERS, ...PRIVATE_HEADERS };
const OPEN_API = { ...CORS_HEADERS, ...API_SECURITY_HEADERS, vary: VARY };
const PAGE = { ...PAGE_SECURITY_HEADERS, 'cache-control': 'private, no-store', vary: 'Cookie' };

/**
 * Sends what a route answered. Only an anonymous answer of a route that allows it may be kept by caches, and it gets a validator so that it
 * need not be sent twice.
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
    return reply.headers(PAGE).headers(answer.headers).type(answer.contentType).send(body);
  }
  if (principal !== null || route.cache === 'private' || status !== 200) {
    return reply.headers(PRIVATE_API).headers(answer.headers).type(answer.contentType).send(body);
  }
  reply.headers(OPEN_API).header('cache-control', route.cache).headers(answer.headers).type(answer.contentType);
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return reply.send(body);
  const etag = etagOf(body);
  reply.header('etag', etag);
  if (isCurrent(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.send(body);
}
