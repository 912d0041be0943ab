import type { Cursors, Page } from '#contracts/model/common.ts';

/** The parameters of `PageQuery`. */
interface PageParameters {
  readonly max_id?: string;
  readonly since_id?: string;
  readonly min_id?: string;
  readonly limit: number;
}

export function pageOf(query: PageParameters): Page {
  const page: { maxId?: string; sinceId?: string; minId?: string; limit: number } = { limit: query.limit };
  if (query.max_id !== undefined) page.maxId = query.max_id;
  if (query.since_id !== undefined) page.sinceId = query.since_id;
  if (query.min_id !== undefined) page.minId = query.min_id;
  return page;
}

/** What an address may hold. */
const SAFE = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/?%[\]]*$/;
const UNSAFE = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%[\]]/g;
/** Parameters that `next` and `prev` replace. */
const CURSOR_NAMES = /(^|&)(max_id|since_id|min_id)=[^&]*/g;

/**
 * The `Link` header of a page: the same request with other bounds.
 * @param path absolute, with origin and without query
 * @param search the query as it came, which the links repeat without its bounds
 */
export function linkHeader(path: string, search: string, cursors: Cursors): Record<string, string> {
  const rest = search.includes('_id=') ? search.replace(CURSOR_NAMES, '').replace(/^&/, '') : search;
  // What came from outside goes back only as what an address may hold: no quotes, brackets or line breaks of the header's own.
  const safe = SAFE.test(rest) ? rest : rest.replace(UNSAFE, encodeURIComponent);
  const kept = rest === '' ? '' : `${safe}&`;
  const links: string[] = [];
  if (cursors.olderThan !== undefined) links.push(`<${path}?${kept}max_id=${cursors.olderThan}>; rel="next"`);
  if (cursors.newerThan !== undefined) links.push(`<${path}?${kept}min_id=${cursors.newerThan}>; rel="prev"`);
  return links.length === 0 ? {} : { link: links.join(', ') };
}
