import { redirect } from '../../http/answer.ts';
import { goTo } from '../frame/going.ts';
import { page } from '../frame/page.ts';
import { html } from '../markup/html.ts';

/** Asks first: an address alone, which any page can make a browser open, signs nobody out. */
export const signOutPage = page({
  method: 'GET',
  url: '/sign-out',
  async handle(request, site) {
    if (request.visitor === null) return goTo('/');
    return site.show({
      title: 'Sign out',
      content: html`<p>Apps that you use stay signed in. You can end them under <a href="/settings/sessions">Browsers and apps</a>.</p>
<form method="post" action="/sign-out">${site.token(request)}
<p class="actions"><button type="submit">Sign out</button> <a href="/">Stay</a></p>
</form>`,
    });
  },
});

/**
 * To the sign-in page, and away with everything that the browser keeps of this place: pages, pictures, drafts, what waits to be sent. The cookies that are needed further on are
 * not part of it, so nobody has to choose colours anew. Browsers obey where the page is secure; elsewhere the client erases all that is its own when it starts next.
 */
export const signOut = page({
  method: 'POST',
  url: '/sign-out',
  async handle(request, site) {
    await site.leave(request);
    return redirect('/sign-in?notice=signed-out', { 'clear-site-data': '"cache", "storage"' }, 303);
  },
});
