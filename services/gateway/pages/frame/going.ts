import { type Answer, redirect } from '../../http/answer.ts';
import { localPath, pathWith } from './local-path.ts';
import type { PageRequest, VisitedRequest } from './page.ts';

/** After a form: the browser asks for another page. Nothing of the form is sent again when that page is reloaded. */
export function goTo(path: string): Answer {
  return redirect(path, {}, 303);
}

/**
 * After a session has ended: to the sign-in page, and away with everything that the browser keeps of this place: pages, pictures, drafts, what waits to be sent. The cookies that
 * are needed further on are not part of it, so nobody has to choose colours anew. Browsers obey where the page is secure; elsewhere the client erases all that is its own when it
 * starts next.
 */
export function leaveTo(notice: 'signed-out' | 'deactivated' | 'deleted'): Answer {
  return redirect(`/sign-in?notice=${notice}`, { 'clear-site-data': '"cache", "storage"' }, 303);
}

/** Where the person was going, from the query or the form. */
export function nextOf({ query, form }: Pick<PageRequest, 'query' | 'form'>): string {
  return localPath(form.text('next', 8_000) || query.text('next', 8_000));
}

/** Asks who is not signed in to do so first, and to come back. */
export function askToSignIn(request: PageRequest, parameters: Readonly<Record<string, string>> = {}): Answer {
  const here = request.search === '' ? request.path : `${request.path}?${request.search}`;
  return goTo(pathWith('/sign-in', { ...parameters, next: localPath(here) }));
}

export function isVisited(request: PageRequest): request is VisitedRequest {
  return request.visitor !== null;
}
