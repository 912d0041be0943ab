import type { CallContext } from '#platform/calls/context.ts';
import { notFound } from '#platform/errors/errors.ts';
import { covers } from '#policies/permissions/scopes.ts';
import type { Gateway } from '../../gateway.ts';
import type { ApiRequest } from '../../route.ts';
import type { SignedQuery } from '../../signed-urls.ts';

/** What a token has to allow for its bearer to count as the one who asks. */
const SCOPE = 'read:statuses';

/**
 * The file, if the caller may read it: anybody may read what belongs to an open post. Otherwise the address has to be signed for somebody (or a token has to
 * say who asks), and they have to be its owner or may see its post now: a signature alone opens nothing, and nothing at all to somebody who was sent away since.
 */
export async function mayRead(mediaId: string, query: SignedQuery, request: ApiRequest, gateway: Gateway) {
  const { post } = gateway.services;
  const access = await post.getMediaAccess({ mediaId }, request.context);
  if (access.open) return access;
  const asking = bearerOf(request) ?? (await addressee(query, request, gateway));
  if (asking === undefined) throw notFound();
  if (access.media.ownerId === asking.id) return access;
  if (access.media.postId === null) throw notFound();
  await post.getShown({ postId: access.media.postId }, asking.context);
  return access;
}

interface Asking {
  readonly id: string;
  readonly context: CallContext;
}

/** Whoever brings a token that may read posts: an app that may only follow people sees no pictures of private posts either. */
function bearerOf({ viewerId, principal, context }: ApiRequest): Asking | undefined {
  if (viewerId === null || principal === null || !covers(principal.scopes, SCOPE)) return undefined;
  return { id: viewerId, context };
}

/** Whom the address was signed for, while their account is one that could ask for it. */
async function addressee(query: SignedQuery, request: ApiRequest, gateway: Gateway): Promise<Asking | undefined> {
  const { context, path } = request;
  const id = gateway.signedUrls.viewerOf(path, query);
  if (id === undefined) return undefined;
  const { viewerState } = await gateway.services.user.visibilityFacts({ viewerId: id, authorIds: [] }, context);
  if (viewerState !== 'active') return undefined;
  const caller = { kind: 'account', accountId: id, sessionId: '1', role: 'user', scopes: [SCOPE] } as const;
  return { id, context: { ...context, caller } };
}
