import { PlazaError } from '#platform/errors/errors.ts';
import { tagNameOf } from '../../params/tag-name.ts';
import type { Site } from '../frame/page.ts';
import { type Html, html } from '../markup/html.ts';
import { aboutTags } from './about.ts';
import type { OpenRequest } from './open-request.ts';
import { olderLink, pageAsked } from './paging.ts';
import { postList } from './post-markup.ts';
import { readStatuses } from './read-statuses.ts';
import type { OpenView } from './view.ts';

const NOTHING = 'Nobody has written anything yet.';

/** The latest posts of everybody here. */
export async function showPublic(request: OpenRequest, site: Site): Promise<OpenView> {
  return {
    title: 'Latest posts',
    about: placeTags(site, '/public'),
    content: await latest(request, site),
  };
}

/** Posts with a hashtag. */
export async function showTag(request: OpenRequest, { gateway }: Site): Promise<OpenView> {
  const written = request.params.tag ?? '';
  const page = await gateway.services.feed.tag(
    { page: pageAsked(request), name: tagNameOf(written), any: [], all: [], none: [], onlyMedia: false },
    request.context,
  );
  const statuses = await readStatuses(page.posts, request, gateway);
  const { siteTitle, url } = { siteTitle: gateway.config.instance.title, url: gateway.present.urls.tag(written) };
  return {
    title: `#${written}`,
    about: aboutTags({ siteTitle, kind: 'website', title: `#${written}`, description: '', url }),
    content: html`${postList(statuses, NOTHING)}${olderLink(new URL(url).pathname, page.cursors)}`,
  };
}

/** What this place is, the ways in, and what people write here. */
export async function showWelcome(request: OpenRequest, site: Site): Promise<OpenView> {
  const { title, description } = site.gateway.config.instance;
  return {
    title: `Welcome to ${title}`,
    listed: true,
    about: placeTags(site, '/'),
    content: html`<p class="lead">${description}</p>
<p class="actions">${site.gateway.config.signUp !== 'closed' && html`<a class="button" href="/sign-up">Sign up</a> `}<a class="button plain" href="/sign-in">Sign in</a></p>
<section><h2>Latest posts</h2>
${await latest(request, site).catch(notNow)}</section>
${appsNote(site)}`,
  };
}

async function latest(request: OpenRequest, { gateway }: Site): Promise<Html> {
  const page = await gateway.services.feed.public({ page: pageAsked(request), onlyMedia: false }, request.context);
  const statuses = await readStatuses(page.posts, request, gateway);
  return html`${postList(statuses, NOTHING)}${olderLink('/public', page.cursors)}`;
}

/** The ways in are shown whatever fails beside them. */
function notNow(error: unknown): Html {
  if (!(error instanceof PlazaError) || (error.code !== 'unavailable' && error.code !== 'timeout')) throw error;
  return html`<p class="quiet">The posts cannot be shown just now. Try again in a moment.</p>`;
}

function placeTags({ gateway }: Site, path: string): Html {
  const { title, description } = gateway.config.instance;
  const url = gateway.present.urls.absolute(path);
  return aboutTags({ siteTitle: title, kind: 'website', title, description, url });
}

export function appsNote(site: Site): Html {
  return html`<section class="note"><h2>Use any app</h2>
<p>Every Mastodon app works here. When it asks for your server, give it this address:</p>
<p class="copy"><code>${site.gateway.present.urls.domain}</code></p>
<p class="hint">Building one? <a href="/api/docs">The API</a></p></section>`;
}
