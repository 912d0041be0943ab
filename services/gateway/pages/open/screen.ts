import { notFound } from '#platform/errors/errors.ts';
import type { Answer } from '../../http/answer.ts';
import { etagOf, isCurrent } from '../../http/etag.ts';
import { askToSignIn, goTo, isVisited } from '../frame/going.ts';
import { type Page, type PageRequest, page, type Site } from '../frame/page.ts';
import { type OpenRequest, openRequest } from './open-request.ts';
import type { OpenView } from './view.ts';

/** Asks for the page without script while signed in. */
const PLAIN = 'plain';
/** Kept by what is shared between people for a moment; whoever has it asks each time, because they may have signed in since. */
const OPEN_CACHING = 'public, max-age=0, s-maxage=15, must-revalidate';

/**
 * An address at which the browser client has a screen. Whoever is signed in gets the client, which reads what they may see over the API. All others get `open` with the client
 * in it; where there is no client, everybody does. An address without `open` is for those who are signed in.
 */
export function screen(url: string, open?: (request: OpenRequest, site: Site) => Promise<OpenView>): Page {
  return page({
    method: 'GET',
    url,
    async handle(request, site) {
      const { client } = site;
      const signedIn = isVisited(request) && request.visitor.principal.restriction === null;
      if (client !== undefined && signedIn && !(open !== undefined && request.query.has(PLAIN))) {
        return client.show(request, undefined);
      }
      if (open !== undefined) return showOpen(request, site, open);
      if (client === undefined) throw notFound();
      return isVisited(request) ? goTo('/waiting') : askToSignIn(request);
    },
  });
}

/** What everybody may see. Many who ask at once without an account share one answer. */
export async function showOpen(
  request: PageRequest,
  site: Site,
  open: (request: OpenRequest, site: Site) => Promise<OpenView>,
): Promise<Answer> {
  const { gateway } = site;
  const make = async () => {
    const view = await open(openRequest(request, gateway), site);
    return site.client === undefined ? site.showOpen(view) : site.client.show(request, view);
  };
  if (request.visitor !== null) return make();
  return kept(request, await gateway.publicAnswers.read(`page ${request.path}?${request.search}`, make));
}

/** An answer for whoever has no account, with a validator. */
export function kept({ ifNoneMatch }: PageRequest, answer: Answer, caching = OPEN_CACHING): Answer {
  const { body } = answer;
  if (typeof body !== 'string') return answer;
  const etag = etagOf(body);
  const headers = { ...answer.headers, etag, 'cache-control': caching };
  return isCurrent(ifNoneMatch, etag) ? { ...answer, status: 304, headers, body: null } : { ...answer, headers };
}
