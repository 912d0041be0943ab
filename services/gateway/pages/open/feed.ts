import type { Answer } from '../../http/answer.ts';
import type { Site } from '../frame/page.ts';
import { escapeHtml } from '../markup/html.ts';
import { bioText, nameOf, postTitle } from './about.ts';
import type { OpenRequest } from './open-request.ts';
import { personAsked } from './person.ts';
import { type Account, readStatuses, type Status } from './read-statuses.ts';

/** As many as readers of feeds look at. */
const ITEMS = 20;
/** What XML 1.0 cannot hold, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** RSS 2.0 of a person: their own posts that anybody may see, public and unlisted, without replies and reposts. */
export async function personFeed(request: OpenRequest, { gateway }: Site): Promise<Answer> {
  const account = await personAsked(request, gateway);
  const { posts } = await gateway.services.post.listByAuthor(
    {
      accountId: account.id,
      page: { limit: ITEMS },
      onlyMedia: false,
      excludeReplies: true,
      excludeReposts: true,
      pinned: false,
    },
    request.context,
  );
  const statuses = await readStatuses(posts, request, gateway);
  return {
    status: 200,
    headers: {},
    contentType: 'application/rss+xml; charset=utf-8',
    body: feedOf(account, gateway.present.urls.domain, statuses),
  };
}

/** The feed as XML. */
export function feedOf(account: Account, domain: string, statuses: readonly Status[]): string {
  const title = `${nameOf(account)} (@${account.username}@${domain})`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>${xml(title)}</title>
<description>${xml(bioText(account) || `Public posts of ${title}`)}</description>
<link>${xml(account.url)}</link>
<atom:link rel="self" type="application/rss+xml" href="${xml(`${account.url}.rss`)}"/>
<image><url>${xml(account.avatar_static)}</url><title>${xml(title)}</title><link>${xml(account.url)}</link></image>
${statuses.map(itemOf).join('\n')}
</channel>
</rss>
`;
}

function itemOf(status: Status): string {
  const warning = status.spoiler_text === '' ? '' : `<p><strong>${escapeHtml(status.spoiler_text)}</strong></p><hr />`;
  const media = status.media_attachments.map(
    ({ url, type, description }) =>
      `<media:content url="${xml(url)}" medium="${type === 'gifv' ? 'video' : type}"><media:rating scheme="urn:simple">${status.sensitive ? 'adult' : 'nonadult'}</media:rating>${
        description === null ? '' : `<media:description type="plain">${xml(description)}</media:description>`
      }</media:content>`,
  );
  return `<item>
<guid isPermaLink="true">${xml(status.url)}</guid>
<link>${xml(status.url)}</link>
<pubDate>${new Date(status.created_at).toUTCString()}</pubDate>
<title>${xml(postTitle(status))}</title>
<description>${xml(warning + status.content)}</description>
${media.join('')}${status.tags.map(({ name }) => `<category>${xml(name)}</category>`).join('')}
</item>`;
}

/** Text that any reader of XML takes for text. */
export function xml(text: string): string {
  return escapeHtml(text.toWellFormed().replace(UNWRITABLE, '\uFFFD'));
}
