import { isVisited } from './frame/going.ts';
import { page, type Site, type VisitedRequest } from './frame/page.ts';
import { html } from './markup/html.ts';
import { showWaiting } from './sign-up/waiting.ts';
import { whoIs } from './who.ts';

/** What this place is, and the ways in; or who is in. */
export const landingPage = page({
  method: 'GET',
  url: '/',
  async handle(request, site) {
    if (!isVisited(request)) return showWaysIn(site);
    return request.visitor.principal.restriction === null ? showWho(request, site) : showWaiting(request, site);
  },
});

function showWaysIn(site: Site) {
  const { title, description } = site.gateway.config.instance;
  return site.show({
    title: `Welcome to ${title}`,
    content: html`<p class="lead">${description}</p>
<p class="actions">${site.gateway.config.signUp !== 'closed' && html`<a class="button" href="/sign-up">Sign up</a> `}<a class="button plain" href="/sign-in">Sign in</a></p>
${appsNote(site)}`,
  });
}

async function showWho(request: VisitedRequest, site: Site) {
  const { account, handle } = await whoIs(request, site);
  return site.show({
    title: `Hello, ${account.displayName || account.username}`,
    content: html`<p class="lead">You are signed in as <strong>${handle}</strong>.</p>
<p class="actions"><a class="button plain" href="/settings/security">Security</a> <a class="button plain" href="/sign-out">Sign out</a></p>
${appsNote(site)}`,
  });
}

function appsNote(site: Site) {
  return html`<section class="note"><h2>Use any app</h2>
<p>Every Mastodon app works here. When it asks for your server, give it this address:</p>
<p class="copy"><code>${site.gateway.present.urls.domain}</code></p>
<p class="hint">Building one? <a href="/api/docs">The API</a></p></section>`;
}
