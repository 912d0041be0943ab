import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors/errors.ts';
import { acceptedCoding, CODINGS } from '../http/accepted-encoding.ts';
import { isCurrent } from '../http/etag.ts';
import type { ClientBuild, ClientFile } from './client-build.ts';

/** What stands under a hashed name never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Kept, but asked for again each time: a new release shows at the next start of the client. */
const ASK_AGAIN = 'no-cache';

/**
 * Puts the files of the client on the server. A page of ours names them at another origin where a CDN takes them over, hence the CORS header: scripts of modules are always
 * fetched with it.
 * @param connect sources of `connect-src` for the service worker, which fetches what the page shows
 */
export function mountClient(server: FastifyInstance, { files }: ClientBuild, connect: readonly string[]): void {
  const worker = `default-src 'none'; script-src 'self'; connect-src ${connect.join(' ')}`;
  server.get('/assets/*', (request, reply) => {
    const file = files.get(request.url.split('?', 1)[0]!);
    if (file === undefined) throw notFound();
    return send(request, reply, file, { 'cache-control': FOR_EVER });
  });
  for (const [path, file] of files) {
    if (file.hashed) continue;
    const headers: Record<string, string> =
      path === '/sw.js'
        ? { 'cache-control': ASK_AGAIN, 'service-worker-allowed': '/', 'content-security-policy': worker }
        : { 'cache-control': ASK_AGAIN };
    server.get(path, (request, reply) => send(request, reply, file, headers));
  }
}

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  vary: 'Accept-Encoding',
};

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, forms }: ClientFile,
  headers: Readonly<Record<string, string>>,
): FastifyReply {
  const there = CODINGS.filter((coding) => forms[coding] !== undefined);
  const coding = acceptedCoding(request.headers['accept-encoding'], there);
  const form = forms[coding ?? 'identity']!;
  reply.headers(HEADERS).headers(headers).header('etag', form.etag);
  if (isCurrent(request.headers['if-none-match'], form.etag)) return reply.code(304).send();
  if (coding !== undefined) reply.header('content-encoding', coding);
  return reply.type(contentType).send(form.bytes);
}
