import { notFound, PlazaError } from '#platform/errors/errors.ts';
import type { ByteRange, ObjectInfo } from '#ports/object-store/port.ts';
import type { Gateway } from '../../gateway.ts';
import { type Answer, redirect } from '../../http/answer.ts';
import { isCurrent } from '../../http/etag.ts';
import type { ApiRequest } from '../../route.ts';

/** Types that a browser may show. Whatever else a store may hold is handed out as bytes to be saved. */
const SHOWN_TYPES = /^(image\/(png|jpeg|webp|gif)|video\/(mp4|webm|ogg|quicktime)|audio\/[a-z0-9.+-]+)$/;

/**
 * A file never changes under its address, but it may go. What is shared between people asks again after five minutes, by its ETag: 304, or 404 once the post is deleted or
 * its author suspended. (`s-maxage` also forbids to serve it stale when nobody answers.) A browser that has shown the file keeps it for an hour.
 */
const OPEN_CACHING = 'public, max-age=3600, s-maxage=300';
const PRIVATE_CACHING = 'private, max-age=3600, immutable';
/** How long an address of the store's is good for: as long as a browser takes to follow it, because nobody asks again whether its bearer may see the file. */
const REDIRECT_SECONDS = 60;

/** A stored file, whole or in part. Nothing in it runs: a browser takes it for what we say it is, in a sandbox that allows nothing. */
export async function fileAnswer(key: string, open: boolean, request: ApiRequest, gateway: Gateway): Promise<Answer> {
  const info = await gateway.objects.head(key);
  if (info === undefined) throw notFound();
  const etag = `"${info.etag.replaceAll('"', '')}"`;
  const shown = SHOWN_TYPES.test(info.contentType);
  const headers: Record<string, string> = {
    'cache-control': open ? OPEN_CACHING : PRIVATE_CACHING,
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
    etag,
    'last-modified': new Date(info.modifiedMs).toUTCString(),
    ...(shown ? {} : { 'content-disposition': 'attachment' }),
  };
  const contentType = shown ? info.contentType : 'application/octet-stream';
  if (!open && goesToStore(request, gateway)) {
    const how = { ttlSeconds: REDIRECT_SECONDS, contentType, attachment: !shown };
    return redirect(await gateway.objects.presign!(key, how), { 'cache-control': 'private, no-store' });
  }
  if (isCurrent(request.headers['if-none-match'], etag)) return { status: 304, headers, contentType, body: null };
  const range = rangeOf(request, info, etag);
  const object = await gateway.objects.get(key, range);
  if (object === undefined) throw notFound();
  if (range === undefined) {
    return {
      status: 200,
      headers: { ...headers, 'content-length': String(info.sizeBytes) },
      contentType,
      body: object.body,
    };
  }
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${range.start}-${range.end}/${info.sizeBytes}`,
    },
    contentType,
    body: object.body,
  };
}

/** Only from a signed address: who brings a token may bring it to the store as well, which then refuses. */
function goesToStore(request: ApiRequest, { config, objects }: Gateway): boolean {
  return (
    config.redirectPrivateFiles === true && objects.presign !== undefined && request.headers.authorization === undefined
  );
}

/** The one range that was asked for. Several at once, or one of an older version, answer the whole file, as RFC 9110 allows. */
function rangeOf(request: ApiRequest, info: ObjectInfo, etag: string): ByteRange | undefined {
  const { range, 'if-range': ifRange } = request.headers;
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  if (ifRange !== undefined && ifRange !== etag) return undefined;
  const last = info.sizeBytes - 1;
  const start = match[1] === '' ? Math.max(0, info.sizeBytes - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? last : Math.min(Number(match[2]), last);
  if (start > last || start > end) {
    throw new PlazaError('range_not_satisfiable', 'This part of the file does not exist', {
      description: `the file has ${info.sizeBytes} bytes`,
    });
  }
  return { start, end };
}
