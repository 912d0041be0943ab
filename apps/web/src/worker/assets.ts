import { CACHES } from '../offline/kept-names.ts';
import { headersOf } from './headers.ts';

const ICON = '/icon.svg';
const pathOf = (name: string) => `/assets/${name}`;
const ALL = [...BUILT_ASSETS.map(pathOf), ICON];

/** Fetches every file of this build that is not there yet, so that any screen opens without a network, and goes on to open after the server has a newer client. */
export async function fetchAssets(): Promise<void> {
  const cache = await caches.open(CACHES.assets);
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(ALL.filter((path) => path === ICON || !there.has(path)));
}

/** Removes files of other builds. */
export async function removeOldAssets(): Promise<void> {
  const cache = await caches.open(CACHES.assets);
  const wanted = new Set(ALL);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}

/** The path that a file of the client is kept under; undefined for anything else. A CDN serves the same files by the same names. */
export function assetPath(url: URL): string | undefined {
  if (url.origin === location.origin && url.pathname === ICON) return ICON;
  return /\/assets\/[\w.-]+$/.exec(url.pathname)?.[0];
}

/** What stands under a hashed name never changes, so it is taken from the cache before anything is asked. */
export async function serveAsset(request: Request, path: string): Promise<Response> {
  const kept = await (await caches.open(CACHES.assets)).match(path, { ignoreVary: true });
  // Without an address of its own the answer has that of the request: a module imports the others from where the page has them.
  if (kept !== undefined) return new Response(kept.body, { headers: headersOf(kept) });
  return fetch(request);
}
