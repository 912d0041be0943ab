import { withProof } from '../../access/proof.ts';
import { askToSignIn, goTo, isVisited } from '../frame/going.ts';
import { page, type Site, type VisitedRequest } from '../frame/page.ts';
import { type Refusal, refusalOf } from '../frame/refusals.ts';
import { field, knownLogin } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { whoIs } from '../who.ts';

const URL = '/settings/password';

export const passwordPage = page({
  method: 'GET',
  url: URL,
  async handle(request, site) {
    return isVisited(request) ? show(request, site, {}) : askToSignIn(request);
  },
});

export const changePassword = page({
  method: 'POST',
  url: URL,
  rateLimit: 'sign-in',
  async handle(request, site) {
    if (!isVisited(request)) return askToSignIn(request);
    const { form } = request;
    try {
      const change = { current: form.text('current', 500), next: form.text('password', 500) };
      const { authentication } = site.gateway.services;
      await withProof(() => authentication.changePassword(change, request.context), { password: 'current' });
      return goTo('/settings/security?notice=password');
    } catch (error) {
      return show(request, site, refusalOf(error, ['current', 'password']));
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
    title: 'Change the password',
    status,
    errors,
    notice,
    content: html`<p>Everything else that is signed in as you is signed out.</p>
<form method="post" action="${URL}">
${site.token(request)}${knownLogin(username)}
${field({ name: 'current', label: 'Password until now', type: 'password', autocomplete: 'current-password', maxlength: 256, errors })}
${field({
  name: 'password',
  label: 'New password',
  hint: 'At least 8 characters. A few unrelated words are good.',
  type: 'password',
  autocomplete: 'new-password',
  maxlength: 256,
  errors,
})}
<p class="actions"><button type="submit">Change it</button> <a href="/settings/security">Back</a></p>
</form>`,
  });
}
