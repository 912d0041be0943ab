import { page, type Site } from '../frame/page.ts';
import { codeOf } from '../frame/refusals.ts';
import { hidden } from '../markup/fields.ts';
import { html } from '../markup/html.ts';

/** Where the link of a mail leads. A person presses the button; programs that check mails only open links. */
export const confirmEmailPage = page({
  method: 'GET',
  url: '/confirm-email',
  async handle(request, site) {
    const token = request.query.text('token', 500);
    if (token === '') return showOver(site, 200);
    return site.show({
      title: 'Confirm your address',
      content: html`<p>Is this mailbox yours?</p>
<form method="post" action="/confirm-email">
${site.token(request)}${hidden('token', token)}
<p class="actions"><button type="submit" autofocus>Yes, confirm</button></p>
</form>`,
    });
  },
});

export const confirmEmail = page({
  method: 'POST',
  url: '/confirm-email',
  rateLimit: 'sign-in',
  async handle(request, site) {
    try {
      const token = request.form.text('token', 500);
      await site.gateway.services.authentication.confirmEmail({ token }, request.context);
    } catch (error) {
      if (codeOf(error) === 'gone') return showOver(site, 410);
      throw error;
    }
    return site.show({
      title: 'Your address is confirmed',
      content:
        request.visitor === null
          ? html`<p>You can go on in your app, or sign in here.</p><p class="actions"><a class="button" href="/sign-in">Sign in</a></p>`
          : html`<p>You can go on in your app, or here.</p><p class="actions"><a class="button" href="/">Go on</a></p>`,
    });
  },
});

function showOver(site: Site, status: number) {
  return site.show({
    title: 'This link is over',
    status,
    content: html`<p>It was used already, or is older than two days. Sign in to get a new one.</p>
<p class="actions"><a class="button" href="/sign-in">Sign in</a></p>`,
  });
}
