import { type Answer, redirect } from '../../http/answer.ts';
import { localPath, pathWith } from './local-path.ts';
import type { PageRequest, VisitedRequest } from './page.ts';

/** After a form: the browser asks for another page. Nothing of the form is sent again when that page is reloaded. */
export function goTo(path: string): Answer {
  return redirect(path, {}, 303);
}

/** Where the person was going, from the query or the form. */
export function nextOf({ query, form }: Pick<PageRequest, 'query' | 'form'>): string {
  return localPath(form.text('next', 8_000) || query.text('next', 8_000));
}

/** Asks who is not signed in to do so first, and to come back. */
export function askToSignIn(request: PageRequest): Answer {
  const here = request.search === '' ? request.path : `${request.path}?${request.search}`;
  return goTo(pathWith('/sign-in', { next: localPath(here) }));
}

export function isVisited(request: PageRequest): request is VisitedRequest {
  return request.visitor !== null;
}
