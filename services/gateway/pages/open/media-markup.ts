import { attributes, type Html, html } from '../markup/html.ts';
import type { MediaAttachment } from './read-statuses.ts';

/** Pictures, videos and sounds of a post; null where it has none. */
export function mediaMarkup(media: readonly MediaAttachment[]): Html | null {
  if (media.length === 0) return null;
  return html`<div class="media">${media.map(oneMarkup)}</div>`;
}

function oneMarkup({ type, url, preview_url, description, meta }: MediaAttachment): Html {
  const said = description ?? '';
  if (type === 'image') {
    const size = attributes({ width: meta.small?.width, height: meta.small?.height });
    return html`<a href="${url}"><img src="${preview_url ?? url}" alt="${said}" loading="lazy"${size}></a>`;
  }
  const shared = attributes({
    src: url,
    controls: true,
    preload: 'none',
    'aria-label': said === '' ? undefined : said,
  });
  if (type === 'audio') return html`<audio${shared}></audio>`;
  return html`<video${shared}${attributes({ poster: preview_url ?? undefined, loop: type === 'gifv' })}></video>`;
}
