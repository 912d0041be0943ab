import { notFound } from '#platform/errors/errors.ts';
import type { Gateway } from '../../gateway.ts';
import type { ApiRequest } from '../../route.ts';
import type { SignedQuery } from '../../signed-urls.ts';

/**
 * The file, if the caller may read it: anybody may read what belongs to an open post. Otherwise the address has to be signed for somebody (or a token has to
 * say who asks), and they have to be its owner or may see its post now: a signature alone opens nothing.
 */
export async function mayRead(mediaId: string, query: SignedQuery, request: ApiRequest, gateway: Gateway) {
  const { post } = gateway.services;
  const access = await post.getMediaAccess({ mediaId }, request.context);
  if (access.open) return access;
  const viewerId = request.viewerId ?? gateway.signedUrls.viewerOf(request.path, query);
  if (viewerId === undefined) throw notFound();
  if (access.media.ownerId === viewerId) return access;
  if (access.media.postId === null) throw notFound();
  const context =
    request.viewerId === null
      ? {
          ...request.context,
          caller: { kind: 'account', accountId: viewerId, sessionId: '1', role: 'user', scopes: ['read'] } as const,
        }
      : request.context;
  await post.getShown({ postId: access.media.postId }, context);
  return access;
}
