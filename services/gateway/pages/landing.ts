import { isVisited } from './frame/going.ts';
import { page, type Site, type VisitedRequest } from './frame/page.ts';
import { html } from './markup/html.ts';
import { screen, showOpen } from './open/screen.ts';
import { appsNote, showWelcome } from './open/timelines.ts';
import { showWaiting } from './sign-up/waiting.ts';
import { whoIs } from './who.ts';

const start = screen('/', showWelcome);

/** What this place is, and the ways in; or the client of who is in. */
export const landingPage = page({
  method: 'GET',
  url: '/',
  async handle(request, site) {
    if (!isVisited(request)) return showOpen(request, site, showWelcome);
    if (request.visitor.principal.restriction !== null) return showWaiting(request, site);
    return site.client === undefined ? showWho(request, site) : start.handle(request, site);
  },
});

async function showWho(request: VisitedRequest, site: Site) {
  const { account, handle } = await whoIs(request, site);
  return site.show({
    title: `Hello, ${account.displayName || account.username}`,
    content: html`<p class="lead">You are signed in as <strong>${handle}</strong>.</p>
<p class="actions"><a class="button plain" href="/sign-out">Sign out</a></p>
${appsNote(site)}`,
  });
}
