import { goTo, leaveTo } from '../frame/going.ts';
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
      content: html`<p>Apps that you use stay signed in. You can end them under <a href="/settings/security">Security</a>.</p>
<form method="post" action="/sign-out">${site.token(request)}
<p class="actions"><button type="submit">Sign out</button> <a href="/">Stay</a></p>
</form>`,
    });
  },
});

export const signOut = page({
  method: 'POST',
  url: '/sign-out',
  async handle(request, site) {
    await site.leave(request);
    return leaveTo('signed-out');
  },
});
