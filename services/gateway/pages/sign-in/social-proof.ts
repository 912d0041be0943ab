import { goTo } from '../frame/going.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { codeOf, type Refusal, refusalOf, wrongField } from '../frame/refusals.ts';
import { field, knownLogin } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { proceed } from './proceed.ts';
import { mustBeConfigured } from './social.ts';
import { readTicket, type SocialTicket } from './social-ticket.ts';

const URL = '/sign-in/social/proof';

/** The provider vouches for an address that belongs to an account here. Only that account's password links the two. */
export const socialProofPage = page({
  method: 'GET',
  url: URL,
  async handle(request, site) {
    mustBeConfigured(site);
    const kept = readTicket(request.jar);
    return kept?.email === undefined ? goTo('/sign-in?notice=expired') : show(request, site, kept, {});
  },
});

export const socialProof = page({
  method: 'POST',
  url: URL,
  rateLimit: 'sign-in',
  async handle(request, site) {
    mustBeConfigured(site);
    const kept = readTicket(request.jar);
    if (kept?.email === undefined) return goTo('/sign-in?notice=expired');
    const password = request.form.text('password', 500);
    const { authentication } = site.gateway.services;
    try {
      const result = await authentication.linkSocialIdentity(
        { ticket: kept.ticket, password, ...request.device },
        request.context,
      );
      return await proceed(result, request, site, kept.next);
    } catch (error) {
      if (codeOf(error) === 'gone') return goTo('/sign-in?notice=expired');
      const refusal =
        codeOf(error) === 'unauthenticated'
          ? wrongField('password', 'The password is wrong.', 401)
          : refusalOf(error, ['password']);
      return show(request, site, kept, refusal);
    }
  },
});

function show(
  request: PageRequest,
  site: Site,
  kept: SocialTicket,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  return site.show({
    title: 'Is this you?',
    status,
    errors,
    notice,
    content: html`<p>There is an account here with the address <strong>${kept.email}</strong>. If it is yours, enter its password once; from then on ${site.gateway.config.socialProvider} signs you in.</p>
<form method="post" action="${URL}">
${site.token(request)}
${knownLogin(kept.email ?? '')}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', maxlength: 256, errors })}
<p class="actions"><button type="submit">Link and sign in</button> <a href="/forgot-password">Forgot your password?</a></p>
</form>`,
  });
}
