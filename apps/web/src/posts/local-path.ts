import type { Status } from '../api/types.ts';

/** The address inside this client to which a link of a post leads; undefined for a link to elsewhere. */
export function localPathOf(href: string, mentions: Status['mentions']): string | undefined {
  const mentioned = mentions.find(({ url }) => url === href);
  if (mentioned !== undefined) return `/@${mentioned.acct}`;
  if (!URL.canParse(href, location.origin)) return undefined;
  const url = new URL(href, location.origin);
  if (url.origin !== location.origin) return undefined;
  return /^\/(@[^/]+(\/\d+)?|tags\/[^/]+)$/.test(url.pathname) ? url.pathname : undefined;
}
