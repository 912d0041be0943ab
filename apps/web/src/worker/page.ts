import { accountOfPage, CACHES, KEPT_PAGE } from '../offline/kept-names.ts';
import { headersOf } from './headers.ts';

/** Addresses that are no screens of the client: what they need is the server. */
const PLAIN =
  /^\/(api|oauth|media|files|assets|icons|kept|sign-|forgot|reset|confirm|waiting|social|\.well-known|nodeinfo)|\.\w+$/;
const GONE = new Set([502, 503, 504]);

export function isScreen(url: URL): boolean {
  return url.origin === location.origin && !PLAIN.test(url.pathname);
}

/** The page as the server answers it; where it cannot be reached, the page as it was answered last. */
export async function openPage(event: FetchEvent): Promise<Response> {
  let answer: Response;
  try {
    answer = ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request));
  } catch (error) {
    const kept = await keptPage();
    if (kept === undefined) throw error;
    return kept;
  }
  if (GONE.has(answer.status)) return (await keptPage()) ?? answer;
  event.waitUntil(keepPage(answer.clone()));
  return answer;
}

/** Keeps the page where it is not kept: it was opened before the worker was there. */
export async function keepPageOnce(): Promise<void> {
  if ((await keptPage()) === undefined) await keepPage(await fetch('/', { headers: { accept: 'text/html' } }));
}

/** A page with somebody's account in it is kept for them; one for nobody is not: the page itself erases what was kept. */
async function keepPage(answer: Response): Promise<void> {
  if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/html')) return;
  const html = await answer.text();
  const account = accountOfPage(html);
  if (account === undefined || account === null) return;
  await keepFiles(html);
  const cache = await caches.open(CACHES.own);
  await cache.put(KEPT_PAGE, new Response(html, { headers: headersOf(answer) }));
}

/** Files that the page names and the build does not: the server has styles of its own. */
async function keepFiles(html: string): Promise<void> {
  const cache = await caches.open(CACHES.assets);
  for (const [, path] of html.matchAll(/(?:href|src)="(\/assets\/[\w.-]+)"/g)) {
    if ((await cache.match(path!)) === undefined) await cache.add(path!);
  }
}

/** Looking alone makes no cache: after a sign-out there is none. */
function keptPage(): Promise<Response | undefined> {
  return caches.match(KEPT_PAGE, { cacheName: CACHES.own, ignoreVary: true });
}
