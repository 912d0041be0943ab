import { goTo } from '../frame/going.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { codeOf, type Refusal, refusalOf } from '../frame/refusals.ts';
import { field } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { proceed } from '../sign-in/proceed.ts';
import { mustBeConfigured } from '../sign-in/social.ts';
import { readTicket, type SocialTicket } from '../sign-in/social-ticket.ts';
import { MODE_FIELDS, modeFields, modeInput } from './mode.ts';

const URL = '/sign-up/social';

/** Somebody whom the provider knows and we do not: they choose a username. */
export const newcomerPage = page({
  method: 'GET',
  url: URL,
  async handle(request, site) {
    mustBeConfigured(site);
    const kept = readTicket(request.jar);
    if (kept?.suggestedUsername === undefined) return goTo('/sign-in?notice=expired');
    return show(request, site, kept, {});
  },
});

export const newcomer = page({
  method: 'POST',
  url: URL,
  rateLimit: 'sign-up',
  async handle(request, site) {
    mustBeConfigured(site);
    const kept = readTicket(request.jar);
    if (kept?.suggestedUsername === undefined) return goTo('/sign-in?notice=expired');
    const { services, config } = site.gateway;
    try {
      const result = await services.authentication.signUpSocial(
        {
          ticket: kept.ticket,
          username: request.form.text('username', 100).trim(),
          ...modeInput(request, config),
          locale: request.locale,
          ...request.device,
        },
        request.context,
      );
      return await proceed(result, request, site, kept.next);
    } catch (error) {
      if (codeOf(error) === 'gone') return goTo('/sign-in?notice=expired');
      return show(request, site, kept, refusalOf(error, ['username', ...MODE_FIELDS]));
    }
  },
});

function show(
  request: PageRequest,
  site: Site,
  kept: SocialTicket,
  { errors = {}, notice = null, status = 200 }: Partial<Refusal>,
) {
  const { config, present } = site.gateway;
  return site.show({
    title: 'Choose a username',
    status,
    errors,
    notice,
    content: html`<p>${config.socialProvider} knows you, and you are new here. How shall people call you?</p>
<form method="post" action="${URL}">
${site.token(request)}
${field({
  name: 'username',
  label: 'Username',
  hint: 'Letters, numbers and underscores. People find you by it.',
  value: request.form.has('username') ? request.form.text('username', 100) : (kept.suggestedUsername ?? ''),
  suffix: `@${present.urls.domain}`,
  autocomplete: 'username',
  maxlength: 30,
  errors,
})}
${modeFields(request, config, errors)}
<p class="actions"><button type="submit">${config.signUp === 'approval' ? 'Ask to join' : 'Sign up'}</button></p>
</form>`,
  });
}
