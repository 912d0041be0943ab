import { goTo, nextOf } from '../frame/going.ts';
import { pathWith } from '../frame/local-path.ts';
import { type PageRequest, page, type Site } from '../frame/page.ts';
import { type Refusal, refusalOf } from '../frame/refusals.ts';
import { field, hidden } from '../markup/fields.ts';
import { html } from '../markup/html.ts';
import { MODE_FIELDS, modeFields, modeInput } from './mode.ts';

export const signUpPage = page({
  method: 'GET',
  url: '/sign-up',
  async handle(request, site) {
    if (request.visitor !== null) return goTo(nextOf(request));
    return site.gateway.config.signUp === 'closed' ? showClosed(request, site) : show(request, site, {});
  },
});

/** Makes the account and signs its person in at once. Until it is confirmed or approved, the pages say what is missing. */
export const signUp = page({
  method: 'POST',
  url: '/sign-up',
  rateLimit: 'sign-up',
  async handle(request, site) {
    const { config, services } = site.gateway;
    if (config.signUp === 'closed') return showClosed(request, site);
    const { form, locale, device } = request;
    try {
      const { session } = await services.authentication.signUp(
        {
          username: form.text('username', 100).trim(),
          email: form.text('email', 320).trim(),
          password: form.text('password', 500),
          ...modeInput(request, config),
          locale,
          ...device,
        },
        request.context,
      );
      if (session === null) return goTo('/sign-in');
      await site.enter(request, session);
      return goTo(nextOf(request));
    } catch (error) {
      return show(request, site, refusalOf(error, ['username', 'email', 'password', ...MODE_FIELDS]));
    }
  },
});

function show(request: PageRequest, site: Site, { errors = {}, notice = null, status = 200 }: Partial<Refusal>) {
  const { config, present } = site.gateway;
  const { form } = request;
  const next = nextOf(request);
  return site.show({
    title: 'Sign up',
    status,
    errors,
    notice,
    content: html`<form method="post" action="/sign-up">
${site.token(request)}${hidden('next', next)}
${field({
  name: 'username',
  label: 'Username',
  hint: 'Letters, numbers and underscores. People find you by it.',
  value: form.text('username', 100),
  suffix: `@${present.urls.domain}`,
  autocomplete: 'username',
  maxlength: 30,
  errors,
})}
${field({
  name: 'email',
  label: 'E-mail address',
  hint: config.mailEnabled ? 'We send a mail to confirm it. Nobody else sees it.' : 'Nobody else sees it.',
  type: 'email',
  value: form.text('email', 320),
  autocomplete: 'email',
  inputmode: 'email',
  maxlength: 254,
  errors,
})}
${field({
  name: 'password',
  label: 'Password',
  hint: 'At least 8 characters. A few unrelated words are good.',
  type: 'password',
  autocomplete: 'new-password',
  maxlength: 256,
  errors,
})}
${modeFields(request, config, errors)}
<p class="actions"><button type="submit">${config.signUp === 'approval' ? 'Ask to join' : 'Sign up'}</button></p>
</form>
${
  config.socialProvider !== null &&
  html`<p class="other"><a class="button plain" href="${pathWith('/sign-in/social', { next })}">Continue with ${config.socialProvider}</a></p>`
}
<p class="aside">Here before? <a href="${pathWith('/sign-in', { next })}">Sign in</a></p>`,
  });
}

function showClosed(request: PageRequest, site: Site) {
  const { contactEmail } = site.gateway.config.instance;
  return site.show({
    title: 'Sign-up is closed',
    status: request.form.has('username') ? 403 : 200,
    content: html`<p>This place takes nobody new at the moment.${contactEmail !== '' && html` Whoever runs it can be reached at <a href="mailto:${contactEmail}">${contactEmail}</a>.`}</p>
<p class="actions"><a class="button" href="${pathWith('/sign-in', { next: nextOf(request) })}">Sign in</a></p>`,
  });
}
