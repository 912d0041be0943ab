import { CACHES } from '../offline/kept-names.ts';

/** Far more than the start of a home shows. */
const MOST = 150;

/** Keeps these pictures, and removes all others. Those that cannot be read (another origin that does not allow it) are left out. */
export async function keepPictures(addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHES.pictures);
  const wanted = new Set(addresses.slice(0, MOST));
  for (const request of await cache.keys()) {
    if (wanted.has(request.url)) wanted.delete(request.url);
    else await cache.delete(request);
  }
  for (const address of wanted) await cache.add(address).catch(() => {});
}

/** From the server, which may refuse what somebody may not see any more; from the cache only while it cannot be reached. */
export async function servePicture(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request.url, { cacheName: CACHES.pictures, ignoreVary: true });
    if (kept === undefined) throw error;
    return kept;
  }
}
