import type { Static } from 'typebox';
import type { Mention } from '#contracts/model/post.ts';
import { entitiesOf, type TextEntity } from '#policies/text/entities.ts';
import type { Urls } from './urls.ts';

const SPECIAL = /[&<>"']/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that no browser can take for markup, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPES[character]!);
}

/** What the names in a text stand for. */
export interface Names {
  readonly mentions: readonly Static<typeof Mention>[];
  readonly tags: readonly string[];
}

const NO_NAMES: Names = { mentions: [], tags: [] };
/** Of an address, this much is shown: the rest is in the text for whoever copies it, but out of sight. */
const SHOWN_ADDRESS_CHARACTERS = 30;

/**
 * The HTML of a text that somebody typed, in the markup that clients of Mastodon know: paragraphs, line breaks, links, mentions and hashtags. Whatever
 * is not one of these is escaped, so nothing typed ever becomes markup.
 */
export function textToHtml(text: string, names: Names, urls: Urls): string {
  const clean = text.replace(/\r\n?/g, '\n').trim();
  if (clean === '') return '';
  const inline = withEntities(clean, names, urls, 'nofollow noopener noreferrer');
  const paragraphs = inline.split(/\n{2,}/).map((paragraph) => paragraph.replaceAll('\n', '<br />'));
  return paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
}

/** The HTML of a bio: links and hashtags. Names in it are text, since nobody is told of them. */
export function bioToHtml(bio: string, urls: Urls): string {
  return textToHtml(bio, withAllTags(bio), urls);
}

/** The HTML of the value of a profile field: one line, whose links say that they are the person's own. */
export function fieldToHtml(value: string, urls: Urls): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return withEntities(line, withAllTags(line), urls, 'me nofollow noopener noreferrer');
}

function withAllTags(text: string): Names {
  if (!text.includes('#') && !text.includes('＃')) return NO_NAMES;
  const tags = entitiesOf(text).flatMap((entity) => (entity.kind === 'tag' ? [entity.name] : []));
  return { mentions: [], tags };
}

function withEntities(text: string, names: Names, urls: Urls, rel: string): string {
  const entities = entitiesOf(text);
  if (entities.length === 0) return escapeHtml(text);
  const known = {
    usernames: new Map(names.mentions.map((mention) => [mention.username.toLowerCase(), mention.username])),
    tags: new Set(names.tags),
  };
  let html = '';
  let at = 0;
  for (const entity of entities) {
    const written = text.slice(entity.start, entity.end);
    html +=
      escapeHtml(text.slice(at, entity.start)) + (entityHtml(entity, written, known, urls, rel) ?? escapeHtml(written));
    at = entity.end;
  }
  return html + escapeHtml(text.slice(at));
}

interface Known {
  readonly usernames: ReadonlyMap<string, string>;
  readonly tags: ReadonlySet<string>;
}

/** The markup of an entity; undefined for a name that stands for nothing. */
function entityHtml(entity: TextEntity, written: string, known: Known, urls: Urls, rel: string): string | undefined {
  if (entity.kind === 'link') return linkHtml(entity.url, rel);
  if (entity.kind === 'tag') {
    if (!known.tags.has(entity.name)) return undefined;
    const href = escapeHtml(urls.tag(entity.name));
    return `<a href="${href}" class="mention hashtag" rel="tag">#<span>${escapeHtml(written.slice(1))}</span></a>`;
  }
  if (entity.host !== null && entity.host !== urls.domain) return undefined;
  const username = known.usernames.get(entity.username.toLowerCase());
  if (username === undefined) return undefined;
  const href = escapeHtml(urls.account(username));
  return `<span class="h-card" translate="no"><a href="${href}" class="u-url mention">@<span>${escapeHtml(username)}</span></a></span>`;
}

function linkHtml(url: string, rel: string): string | undefined {
  const scheme = /^https?:\/\/(www\.)?/i.exec(url)?.[0];
  if (scheme === undefined) return undefined;
  const rest = url.slice(scheme.length);
  const shown = rest.slice(0, SHOWN_ADDRESS_CHARACTERS);
  const hidden = rest.slice(SHOWN_ADDRESS_CHARACTERS);
  const shownClass = hidden === '' ? '' : 'ellipsis';
  return (
    `<a href="${escapeHtml(url)}" target="_blank" rel="${rel}" translate="no">` +
    `<span class="invisible">${escapeHtml(scheme)}</span>` +
    `<span class="${shownClass}">${escapeHtml(shown)}</span>` +
    `<span class="invisible">${escapeHtml(hidden)}</span></a>`
  );
}
