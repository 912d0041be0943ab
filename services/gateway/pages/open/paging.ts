import type { Cursors, Page } from '#contracts/model/common.ts';
import { notFound } from '#platform/errors/errors.ts';
import { type Html, html } from '../markup/html.ts';
import type { OpenRequest } from './open-request.ts';

/** Posts of one page. */
const PER_PAGE = 20;
const ID = /^[1-9][0-9]{0,18}$/;

/** Which posts `?max_id=` asks for. What is no id names no page. */
export function pageAsked({ query }: OpenRequest): Page {
  const maxId = query.text('max_id', 100);
  if (maxId === '') return { limit: PER_PAGE };
  if (!isId(maxId)) throw notFound();
  return { limit: PER_PAGE, maxId };
}

/** The way to what is older. */
export function olderLink(path: string, cursors: Cursors): Html | null {
  if (cursors.olderThan === undefined) return null;
  return html`<p class="actions"><a class="button plain" rel="next" href="${path}?max_id=${cursors.olderThan}">Older posts</a></p>`;
}

export function isId(text: string): boolean {
  return ID.test(text);
}
