import { parseHtml } from '../app/trusted.ts';

/** The words of a text of the server in one line. */
export function plainText(html: string): string {
  return (parseHtml(html.replaceAll(/<br[^>]*>|<\/p>/g, ' ')).textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}
