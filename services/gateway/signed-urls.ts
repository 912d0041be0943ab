import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#platform/clock/clock.ts';
import { isId } from '#platform/ids/ids.ts';
import { recording } from '#platform/remembering/recording.ts';

const HOUR_MS = 3_600_000;
/** An address is good for this long and at most an hour more: long enough for a client that shows an old page, short for one that was passed on. */
const LIFE_MS = 6 * HOUR_MS;

export interface SignedUrls {
  /** `path` with a viewer, an expiry and a signature. The same within an hour, so that a client's cache helps. */
  sign(path: string, viewerId: string): string;
  /** The viewer for whom a path was signed; undefined when the signature is wrong or over. */
  viewerOf(path: string, query: SignedQuery): string | undefined;
}

export interface SignedQuery {
  readonly viewer?: string;
  readonly expires?: string;
  readonly signature?: string;
}

/**
 * Addresses of files that not everybody may see. They name the person they were given to: whether that person may still see the post is asked
 * again with each read, so a block or a deletion holds at once, and the signature keeps others from making such addresses.
 */
export function createSignedUrls(secret: string, clock: Clock): SignedUrls {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'plaza signed media addresses', 32));
  const signatureOf = (path: string, viewer: string, expires: string) =>
    createHmac('sha256', key).update(`${viewer}\n${expires}\n${path}`).digest('base64url');
  return {
    sign(path, viewerId) {
      const hourEndMs = Math.ceil(clock.now() / HOUR_MS) * HOUR_MS;
      recording()?.until(hourEndMs);
      const expires = String((hourEndMs + LIFE_MS) / 1_000);
      return `${path}?viewer=${viewerId}&expires=${expires}&signature=${signatureOf(path, viewerId, expires)}`;
    },
    viewerOf(path, { viewer, expires, signature }) {
      if (viewer === undefined || expires === undefined || signature === undefined) return undefined;
      if (!isId(viewer) || !/^[0-9]{1,12}$/.test(expires)) return undefined;
      const expected = Buffer.from(signatureOf(path, viewer, expires));
      const given = Buffer.from(signature);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return Number(expires) * 1_000 > clock.now() ? viewer : undefined;
    },
  };
}
