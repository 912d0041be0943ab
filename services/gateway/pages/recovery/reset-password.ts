import { goTo } from '../frame/going.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { codeOf, type Refusal, refusalOf } from '../frame/refusals.ts';
import { field, hidden } from '../markup/fields.ts';
import { html } from '../markup/html.ts';

/** Where the link of a mail leads. Opening it changes nothing, since programs that check mails open links too. */
export const resetPasswordPage = page({
  method: 'GET',
  url: '/reset-password',
  async handle(request, site) {
    return request.query.text('token', 500) === '' ? showOver(site, 200) : show(request, site, {});
  },
});

export const resetPassword = page({
  method: 'POST',
  url: '/reset-password',
  rateLimit: 'sign-in',
  async handle(request, site) {
    const { form } = request;
    try {
      await site.gateway.services.authentication.resetPassword(
        { token: form.text('token', 500), password: form.text('password', 500) },
        request.context,
      );
    } catch (error) {
      if (codeOf(error) === 'gone') return showOver(site, 410);
      return show(request, site, refusalOf(error, ['password']));
    }
    // Every session of the account is over, this browser's perhaps among them.
    await site.leave(request);
    return goTo('/sign-in?notice=new-password');
  },
});

function show(request: PageRequest, site: Site, { errors = {}, notice = null, status = 200 }: Partial<Refusal>) {
  const { form, query } = request;
  return site.show({
    title: 'Choose a new password',
    status,
    errors,
    notice,
    content: html`<p>You will be signed out everywhere.</p>
<form method="post" action="/reset-password">
${site.token(request)}${hidden('token', form.text('token', 500) || query.text('token', 500))}
${field({
  name: 'password',
  label: 'New password',
  hint: 'At least 8 characters. A few unrelated words are good.',
  type: 'password',
  autocomplete: 'new-password',
  maxlength: 256,
  errors,
})}
<p class="actions"><button type="submit">Set the password</button></p>
</form>`,
  });
}

function showOver(site: Site, status: number) {
  return site.show({
    title: 'This link is over',
    status,
    content: html`<p>It was used already, or is older than an hour.</p>
<p class="actions"><a class="button" href="/forgot-password">Ask for a new one</a></p>`,
  });
}
