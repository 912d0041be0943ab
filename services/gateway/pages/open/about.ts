import { type Html, html } from '../markup/html.ts';
import { plainText, summary } from './plain-text.ts';
import type { Account, MediaAttachment, Status } from './read-statuses.ts';

const DESCRIPTION_CHARACTERS = 300;
const TITLE_CHARACTERS = 60;

/** What a link to a page shows elsewhere: OpenGraph, the card of Twitter, and the one address of the page. */
export interface About {
  readonly siteTitle: string;
  readonly kind: 'profile' | 'article' | 'website';
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly image?: { readonly url: string; readonly alt: string; readonly large: boolean };
  readonly publishedAt?: string;
  readonly username?: string;
  /** The address of its feed. */
  readonly feed?: string;
}

export function aboutTags(about: About): Html {
  const { siteTitle, kind, title, description, url, image, publishedAt, username, feed } = about;
  const property = (name: string, content: string | undefined) =>
    content !== undefined && content !== '' && html`<meta property="${name}" content="${content}">\n`;
  return html`<link rel="canonical" href="${url}">
${feed !== undefined && html`<link rel="alternate" type="application/rss+xml" title="${title}" href="${feed}">\n`}${
  description !== '' && html`<meta name="description" content="${description}">\n`
}${property('og:site_name', siteTitle)}${property('og:type', kind)}${property('og:title', title)}${property('og:url', url)}${property(
  'og:description',
  description,
)}${property('og:image', image?.url)}${property('og:image:alt', image?.alt)}${property(
  'article:published_time',
  publishedAt,
)}${property('profile:username', username)}<meta name="twitter:card" content="${image?.large === true ? 'summary_large_image' : 'summary'}">`;
}

export function nameOf(account: Account): string {
  return account.display_name.trim() || account.username;
}

/** What a post is called in a title: its beginning, or its content warning, behind which nothing of it is told. */
export function postTitle(status: Status): string {
  const words = summary(status.spoiler_text || plainText(status.content), TITLE_CHARACTERS);
  return words === '' ? `A post by ${nameOf(status.account)}` : `${nameOf(status.account)}: “${words}”`;
}

export function postDescription(status: Status): string {
  return summary(status.spoiler_text || plainText(status.content), DESCRIPTION_CHARACTERS);
}

export function bioText(account: Account): string {
  return summary(plainText(account.note), DESCRIPTION_CHARACTERS);
}

/** The picture that a link to a post shows: its first one, unless it is to be seen by choice only. */
export function pictureOf(status: Status): About['image'] {
  const shown = status.sensitive || status.spoiler_text !== '' ? undefined : status.media_attachments.find(isPicture);
  if (shown !== undefined) return { url: shown.preview_url ?? shown.url, alt: shown.description ?? '', large: true };
  return avatarOf(status.account);
}

export function avatarOf(account: Account): NonNullable<About['image']> {
  return { url: account.avatar_static, alt: account.avatar_description, large: false };
}

function isPicture({ type }: MediaAttachment): boolean {
  return type === 'image';
}
