import { withProof } from '../../access/proof.ts';
import { askToSignIn, goTo, isVisited } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { type Refusal, refusalOf } from '../frame/refusals.ts';
import { field, knownLogin } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { whoIs } from '../who.ts';

const URL = '/settings/email';

export const emailPage = page({
  method: 'GET',
  url: URL,
  async handle(request, site) {
    return isVisited(request) ? show(request, site, {}) : askToSignIn(request);
  },
});

/** With mail, the new address counts once its mailbox has answered. */
export const changeEmail = page({
  method: 'POST',
  url: URL,
  rateLimit: 'sign-in',
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    const { form } = request;
    const { config, services } = site.gateway;
    try {
      const change = { email: form.text('email', 320).trim(), password: form.text('password', 500) };
      await withProof(() => services.authentication.requestEmailChange(change, request.context));
      return goTo(`/settings/security?notice=${config.mailEnabled ? 'email-sent' : 'email'}`);
    } catch (error) {
      return show(request, site, refusalOf(error, ['email', 'password']));
    }
  },
});

async function show(
  request: VisitedRequest,
  site: Site,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  const { username } = (await whoIs(request, site)).account;
  return site.show({
    title: 'Change the e-mail address',
    status,
    errors,
    notice,
    content: html`<form method="post" action="${URL}">
${site.token(request)}${knownLogin(username)}
${field({
  name: 'email',
  label: 'New e-mail address',
  type: 'email',
  value: request.form.text('email', 320),
  autocomplete: 'email',
  inputmode: 'email',
  maxlength: 254,
  errors,
})}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', maxlength: 256, errors })}
<p class="actions"><button type="submit">Change it</button> <a href="/settings/security">Back</a></p>
</form>`,
  });
}
