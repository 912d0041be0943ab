import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#contracts/services/authentication.ts';
import type { CallContext } from '#platform/calls/context.ts';
import type { Gateway } from '../gateway.ts';
import { CookieJar } from '../pages/frame/cookies.ts';
import { findVisitor } from '../pages/frame/visitor.ts';
import { isOwnClient } from './own-client.ts';
import type { Principals } from './principals.ts';

interface Parts {
  readonly gateway: Pick<Gateway, 'config' | 'services' | 'clock'>;
  readonly principals: Principals;
}

/** Who is signed in to our own client, by its cookies, which are replaced where they are over; null for every other request. */
export async function clientSession(
  request: FastifyRequest,
  reply: FastifyReply,
  context: () => CallContext,
  { gateway, principals }: Parts,
): Promise<Principal | null> {
  const { headers } = request;
  if (headers.cookie === undefined || !isOwnClient(headers, gateway.config.origin)) return null;
  const jar = new CookieJar(headers.cookie, gateway.config.origin);
  const { clock, services } = gateway;
  const visitor = await findVisitor(jar, context(), { principals, authentication: services.authentication, clock });
  const cookies = jar.headers();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  return visitor?.principal ?? null;
}
