import { notFound } from '#platform/errors/errors.ts';
import type { Gateway } from '../../gateway.ts';
import { localUsername } from '../../present/handles.ts';
import type { Site } from '../frame/page.ts';
import { type Html, html, trusted } from '../markup/html.ts';
import { aboutTags, avatarOf, bioText, nameOf } from './about.ts';
import type { OpenRequest } from './open-request.ts';
import { olderLink, pageAsked } from './paging.ts';
import { counted, postList } from './post-markup.ts';
import { type Account, readStatuses } from './read-statuses.ts';
import type { OpenView } from './view.ts';

/** Which posts of a person a page shows. */
export interface Selection {
  /** Behind the person's address. */
  readonly path: '' | '/with_replies' | '/media';
  readonly onlyMedia: boolean;
  readonly excludeReplies: boolean;
}

export const POSTS: Selection = { path: '', onlyMedia: false, excludeReplies: true };
export const WITH_REPLIES: Selection = { path: '/with_replies', onlyMedia: false, excludeReplies: false };
export const MEDIA: Selection = { path: '/media', onlyMedia: true, excludeReplies: false };

/** A person: who they say they are, and their latest posts that anybody may see. */
export function showPerson(selection: Selection) {
  return async (request: OpenRequest, { gateway }: Site): Promise<OpenView> => {
    const { services, present, config } = gateway;
    const account = await personAsked(request, gateway);
    const listed = await services.post.listByAuthor(
      {
        accountId: account.id,
        page: pageAsked(request),
        onlyMedia: selection.onlyMedia,
        excludeReplies: selection.excludeReplies,
        excludeReposts: false,
        pinned: false,
      },
      request.context,
    );
    const statuses = await readStatuses(listed.posts, request, gateway);
    const name = nameOf(account);
    const handle = `@${account.username}@${present.urls.domain}`;
    return {
      title: `${name} (${handle})`,
      heading: name,
      listed: account.indexable,
      about: aboutTags({
        siteTitle: config.instance.title,
        kind: 'profile',
        title: `${name} (${handle})`,
        description: bioText(account),
        url: account.url,
        image: avatarOf(account),
        username: account.username,
        feed: `${account.url}.rss`,
      }),
      content: html`${profile(account, handle)}
<h2>Posts</h2>
${postList(statuses, 'Nothing here that everybody may see.')}
${olderLink(`/@${account.username}${selection.path}`, listed.cursors)}`,
    };
  };
}

/** The account of `/@:handle` as the API gives it. Whoever is suspended or has left looks like somebody who was never there. */
export async function personAsked(request: OpenRequest, gateway: Gateway): Promise<Account> {
  const { services, present } = gateway;
  const username = localUsername(request.params.handle ?? '', present.urls.domain);
  if (username === undefined) throw notFound();
  const account = await services.user.lookup({ username }, request.context);
  if (account.state !== 'active') throw notFound();
  return JSON.parse((await present.accounts.one(account, request.context)).toString('utf8')) as Account;
}

function profile(account: Account, handle: string): Html {
  return html`<div class="profile">
<img class="avatar" src="${account.avatar_static}" alt="${account.avatar_description}" width="96" height="96">
<p class="quiet">${handle}${account.locked && ' · approves followers'}${account.bot && ' · automated'}</p>
${account.note !== '' && html`<div class="text" dir="auto">${trusted(account.note)}</div>`}
${
  account.fields.length > 0 &&
  html`<dl>${account.fields.map((field) => html`<dt dir="auto">${field.name}</dt><dd dir="auto">${trusted(field.value)}</dd>`)}</dl>`
}
<p class="quiet">${counted(account.statuses_count, 'post', 'posts')} · ${counted(account.followers_count, 'follower', 'followers')} · ${account.following_count} following · <a href="${account.url}.rss">RSS</a></p>
</div>`;
}
