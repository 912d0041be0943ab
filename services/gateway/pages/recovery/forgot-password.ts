import { goTo } from '../frame/going.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { type Refusal, refusalOf } from '../frame/refusals.ts';
import { field } from '../markup/fields.ts';
import { html } from '../markup/html.ts';

export const forgotPasswordPage = page({
  method: 'GET',
  url: '/forgot-password',
  async handle(request, site) {
    if (!site.gateway.config.mailEnabled) return showWithoutMail(site);
    return request.query.text('sent', 10) === '' ? show(request, site, {}) : showSent(site);
  },
});

/** Tells nobody whether an address is known. */
export const forgotPassword = page({
  method: 'POST',
  url: '/forgot-password',
  rateLimit: 'sign-in',
  async handle(request, site) {
    if (!site.gateway.config.mailEnabled) return showWithoutMail(site);
    const email = request.form.text('email', 320).trim();
    try {
      await site.gateway.services.authentication.requestPasswordReset({ email }, request.context);
      return goTo('/forgot-password?sent=1');
    } catch (error) {
      return show(request, site, refusalOf(error, ['email']));
    }
  },
});

const TITLE = 'Forgot your password?';

function show(request: PageRequest, site: Site, { errors = {}, notice = null, status = 200 }: Partial<Refusal>) {
  return site.show({
    title: TITLE,
    status,
    errors,
    notice,
    content: html`<p>Tell us the e-mail address of your account. We send a mail with which you can choose a new password.</p>
<form method="post" action="/forgot-password">
${site.token(request)}
${field({
  name: 'email',
  label: 'E-mail address',
  type: 'email',
  value: request.form.text('email', 320),
  autocomplete: 'email',
  inputmode: 'email',
  maxlength: 254,
  errors,
})}
<p class="actions"><button type="submit">Send the mail</button> <a href="/sign-in">Back</a></p>
</form>`,
  });
}

function showSent(site: Site) {
  return site.show({
    title: 'Look into your mail',
    content: html`<p>If an account here has this address, a mail is on its way to it. It works for one hour.</p>
<p>Nothing there? Look among the unwanted mails, or <a href="/forgot-password">try another address</a>.</p>`,
  });
}

function showWithoutMail(site: Site) {
  const { contactEmail } = site.gateway.config.instance;
  return site.show({
    title: TITLE,
    content: html`<p>This place sends no mail, so a new password cannot be sent to you. Whoever runs it can set one for you${
      contactEmail !== '' && html`: write to <a href="mailto:${contactEmail}">${contactEmail}</a>`
    }.</p>
<p class="actions"><a class="button" href="/sign-in">Back to signing in</a></p>`,
  });
}
