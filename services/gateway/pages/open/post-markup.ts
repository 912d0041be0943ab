import { attributes, type Html, html, trusted } from '../markup/html.ts';
import { nameOf } from './about.ts';
import { mediaMarkup } from './media-markup.ts';
import type { Poll, Status } from './read-statuses.ts';

/** Posts one below the other, without script. */
export function postList(statuses: readonly Status[], empty: string): Html {
  if (statuses.length === 0) return html`<p class="quiet">${empty}</p>`;
  return html`<div class="posts">${statuses.map((status) => postMarkup(status))}</div>`;
}

/** One post; for a repost what was reposted, and by whom. `main`: the one that the page is about. */
export function postMarkup(status: Status, main = false): Html {
  const shown = status.reblog ?? status;
  const { account } = shown;
  return html`<article class="${main ? 'post chosen' : 'post'}" id="post-${status.id}">
${status.reblog !== null && html`<p class="quiet reposted"><bdi>${nameOf(status.account)}</bdi> reposted</p>`}
<header><a class="author" href="${account.url}"><img src="${account.avatar_static}" alt="" width="44" height="44"><span><bdi>${nameOf(account)}</bdi><span class="quiet">@${account.acct}</span></span></a>
<a class="time" href="${shown.url}">${timeMarkup(shown.created_at)}</a></header>
${bodyMarkup(shown)}
<p class="quiet counts">${counted(shown.replies_count, 'reply', 'replies')} · ${counted(shown.reblogs_count, 'repost', 'reposts')} · ${counted(shown.favourites_count, 'like', 'likes')}${shown.edited_at !== null && html` · edited ${timeMarkup(shown.edited_at)}`}</p>
</article>`;
}

function bodyMarkup(status: Status): Html {
  const language = attributes({ lang: status.language ?? undefined, dir: 'auto' });
  // The markup that `present/html.ts` made of what was typed: everything else in it is escaped.
  const text = html`<div class="text"${language}>${trusted(status.content)}</div>${pollMarkup(status.poll)}`;
  const media = mediaMarkup(status.media_attachments);
  if (status.spoiler_text !== '') {
    return html`<details><summary dir="auto">${status.spoiler_text}</summary>${text}${media}</details>`;
  }
  if (!status.sensitive || media === null) return html`${text}${media}`;
  return html`${text}<details><summary>Media that not everybody wants to see</summary>${media}</details>`;
}

function pollMarkup(poll: Poll | null): Html | null {
  if (poll === null) return null;
  return html`<ul class="poll">${poll.options.map(
    ({ title, votes_count }) =>
      html`<li><span dir="auto">${title}</span>${votes_count !== null && html`<span class="quiet">${votes_count}</span>`}</li>`,
  )}</ul>`;
}

/** `2026-01-02 03:04 UTC`: without script nobody knows where the reader is. */
export function timeMarkup(time: string): Html {
  return html`<time datetime="${time}">${time.slice(0, 10)} ${time.slice(11, 16)} UTC</time>`;
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
